import type { CompletionOptions } from '../line/options.ts';

type Shell = Exclude<CompletionOptions['topic'], 'install'>;

const bash = `# bash completion of kubectl-eps
_kubectl_eps() {
  local word words=() lines=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD}"; do
    # bash takes the sign in --flag=value for a word of its own.
    if [ "\${#words[@]}" -gt 0 ] && { [ "$word" = = ] || [[ "\${words[-1]}" == --*= ]]; }; then
      words[-1]+=$word
    else
      words+=("$word")
    fi
  done
  [[ "\${words[-1]}" == --*== ]] && words[-1]=\${words[-1]%=}
  mapfile -t lines < <("\${COMP_WORDS[0]}" __complete "\${words[@]}" 2> /dev/null)
  [ "\${#lines[@]}" -gt 0 ] || return
  if [ "\${lines[-1]}" = :0 ]; then
    compopt -o default
    return
  fi
  unset 'lines[-1]'
  COMPREPLY=("\${lines[@]%%$'\\t'*}")
}
complete -F _kubectl_eps kubectl-eps
`;

const zsh = `#compdef kubectl-eps
# zsh completion of kubectl-eps
_kubectl-eps() {
  local line name
  local -a lines choices
  lines=("\${(@f)$("$words[1]" __complete "\${(@)words[2,CURRENT]}" 2> /dev/null)}")
  [[ $PREFIX == --*=* ]] && compset -P '*='
  if [[ $lines[-1] == :0 ]]; then
    _files
    return
  fi
  for line in "\${(@)lines[1,-2]}"; do
    name=\${line%%$'\\t'*}
    choices+=("\${name//:/\\\\:}:\${line#*$'\\t'}")
  done
  _describe -t choices kubectl-eps choices
}
if [ "$funcstack[1]" = _kubectl-eps ]; then _kubectl-eps; else compdef _kubectl-eps kubectl-eps; fi
`;

const fish = `# fish completion of kubectl-eps
function __kubectl_eps_complete
    set -l typed (commandline -opc)
    set -l word (commandline -ct)
    set -l lines ($typed[1] __complete $typed[2..] "$word" 2> /dev/null)
    # fish completes the whole of --flag=value.
    set -l flag (string match -r -- '^--[^=]*=' "$word")
    if test "$lines[-1]" = :0
        for path in (__fish_complete_path (string replace -- "$flag" '' "$word"))
            echo "$flag$path"
        end
        return
    end
    for line in $lines[1..-2]
        echo "$flag$line"
    end
end
complete -c kubectl-eps -f -a '(__kubectl_eps_complete)'
`;

const powershell = `# PowerShell completion of kubectl-eps
Register-ArgumentCompleter -Native -CommandName 'kubectl-eps' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $program, $words = $commandAst.CommandElements | Where-Object { $_.Extent.StartOffset -lt $cursorPosition } | ForEach-Object { "$_" }
    $words = @($words)
    # Before 7.3 an empty word has to be quoted to be handed on.
    if ($wordToComplete -eq '') { $words += $(if ($PSVersionTable.PSVersion -lt [version]'7.3') { '""' } else { '' }) }
    $lines = @(& $program __complete @words 2> $null)
    if ($lines.Count -lt 2) { return }
    $flag = if ($wordToComplete -match '^--[^=]*=') { $Matches[0] } else { '' }
    $lines[0..($lines.Count - 2)] | ForEach-Object {
        $name, $about = $_ -split "\`t", 2
        $tip = if ($about) { $about } else { $name }
        [System.Management.Automation.CompletionResult]::new("$flag$name", $name, 'ParameterValue', $tip)
    }
}
`;

/** For each shell what sets up the completion of `kubectl-eps`, to be sourced or put where the shell looks. */
export const scripts: Readonly<Record<Shell, string>> = { bash, zsh, fish, powershell };
