import { EpsError } from '../../core/error.ts';
import type { Exec } from '../gateway.ts';
import type { ApisixPod } from './find.ts';
import { openTransport, type Limits, type Transport } from './transport.ts';

/**
 * One GET by what the image has, curl or GNU wget; the answer's body, then its status on a line of its own. The key
 * comes on standard input, escaped for curl's configuration, and goes to curl so. wget takes a configuration of a
 * regular file only: it gets the key (`read` without -r takes the escapes off) as an argument, inside of the pod.
 */
const script = String.raw`
IFS= read -r key
if command -v curl >/dev/null; then
  { [ -z "$key" ] || printf 'header = "X-API-KEY: %s"\n' "$key"; } |
    curl -sS -K - -m "$2" -H 'Accept: application/json' -w '\n%{http_code}' "$1"
else
  { printf '%s\n' "$key" | { IFS= read key; wget -S --content-on-error -T "$2" -t 1 -O - --header "X-API-KEY: $key" "$1"; } 2>&1 >&3 |
    { status=$(sed -n 's/^ *HTTP[^ ]* \([0-9]*\).*/\1/p' | tail -n 1); printf '\n%s' "$status" >&3; }
  } 3>&1
fi`;

/** For curl's configuration, in which a value stands in quotes. */
const escaped = (key: string) => key.replaceAll(/["\\]/g, String.raw`\$&`);

/** Asks a port of a pod from inside of it, for where a port-forward is not allowed. */
export function execTransport(pod: ApisixPod, port: number, limits: Limits, exec: Exec): Transport {
  const source = `pod ${pod.namespace}/${pod.name}, by exec`;
  return openTransport(source, limits, async ({ path, body, headers, signal }, { maxBytes, api }) => {
    if (body !== undefined) throw new EpsError(`${source} cannot be asked for what etcd has`);
    const seconds = String(Math.max(1, Math.ceil(limits.timeoutMs / 1000)));
    const argv = ['sh', '-c', script, 'kubectl-eps', `http://127.0.0.1:${port}${path}`, seconds];
    const input = escaped(String(headers['X-API-KEY'] ?? ''));
    const { stdout, stderr, exitCode } = await exec(pod, { argv, input, maxBytes }, signal);
    const [, text = '', status = ''] = /^([^]*)\n(\d{3})\s*$/.exec(stdout) ?? [];
    if (exitCode === 0 && status !== '' && status !== '000') return { status: Number(status), text };
    const reason = stderr.trim().split('\n').at(-1) ?? '';
    throw new EpsError(
      `cannot read ${api} at ${source}: ${reason === '' ? `the command ended with ${exitCode}` : reason}`,
    );
  });
}
