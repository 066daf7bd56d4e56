import { readFileSync } from 'node:fs';
import path from 'node:path';
import { load, YAMLException } from 'js-yaml';
import { asArray, asRecord, asText, isRecord } from '../../../core/door.ts';
import type { UnknownRecord } from '../../../core/door.ts';
import { EpsError } from '../../../core/error.ts';
import type { Environment } from './proxy.ts';

/** Kubeconfig files merged into one, each entry in the file's own (kebab-case) words. */
export type Kubeconfig = {
  readonly currentContext: string;
  readonly clusters: ReadonlyMap<string, UnknownRecord>;
  readonly users: ReadonlyMap<string, UnknownRecord>;
  readonly contexts: ReadonlyMap<string, UnknownRecord>;
};

/** `--kubeconfig`, else every file of $KUBECONFIG, else ~/.kube/config; of two entries with one name the first wins. */
export function loadKubeconfig(flag: string | undefined, env: Environment): Kubeconfig {
  const files = kubeconfigFiles(flag, env).map((file) => readKubeconfig(file, { required: file === flag }));
  const merged = (section: 'clusters' | 'users' | 'contexts') =>
    new Map(files.flatMap((file) => [...file[section]]).toReversed());
  return {
    currentContext: files.map((file) => file.currentContext).find((name) => name !== '') ?? '',
    clusters: merged('clusters'),
    users: merged('users'),
    contexts: merged('contexts'),
  };
}

function kubeconfigFiles(flag: string | undefined, env: Environment): readonly string[] {
  if (flag !== undefined && flag !== '') return [flag];
  if (env['KUBECONFIG']) return env['KUBECONFIG'].split(path.delimiter).filter((file) => file !== '');
  const home = env['HOME'] ?? env['USERPROFILE'];
  return home === undefined ? [] : [path.join(home, '.kube', 'config')];
}

/** A file that is not there is left out, as kubectl does, unless it was asked for by name. */
function readKubeconfig(file: string, { required }: { readonly required: boolean }): Kubeconfig {
  const config = asRecord(parseFile(file, required));
  const folder = path.dirname(path.resolve(file));
  const section = (name: string, member: string) =>
    new Map(
      asArray(config[name])
        .map(asRecord)
        .map((entry) => [asText(entry['name']), absolutePaths(asRecord(entry[member]), folder)]),
    );
  return {
    currentContext: asText(config['current-context']),
    clusters: section('clusters', 'cluster'),
    users: section('users', 'user'),
    contexts: section('contexts', 'context'),
  };
}

function parseFile(file: string, required: boolean): unknown {
  try {
    const config = load(readFileSync(file, 'utf8').trim() || '{}');
    if (isRecord(config)) return config;
  } catch (cause) {
    if (cause instanceof YAMLException) throw unreadable(file, `yaml: ${cause.reason}`, cause);
    const code = asText(asRecord(cause)['code']);
    if (code !== 'ENOENT') throw unreadable(file, code === 'EISDIR' ? 'is a directory' : code, cause);
    if (!required) return {};
    throw new EpsError(`stat ${file}: no such file or directory`, { cause });
  }
  throw unreadable(file, 'it is no kubeconfig');
}

function unreadable(file: string, reason: string, cause?: unknown): EpsError {
  return new EpsError(`error loading config file "${file}": ${reason}`, { cause });
}

const pathMembers = new Set(['certificate-authority', 'client-certificate', 'client-key', 'tokenFile']);

/** Paths in a kubeconfig are relative to the file they stand in; so is a credential plugin given with a slash. */
function absolutePaths(entry: UnknownRecord, folder: string): UnknownRecord {
  const absolute = Object.entries(entry).map(([member, value]) => {
    if (typeof value === 'string' && value !== '' && pathMembers.has(member)) {
      return [member, path.resolve(folder, value)];
    }
    const command = asText(asRecord(value)['command']);
    if (member === 'exec' && /[/\\]/.test(command)) {
      return [member, { ...asRecord(value), command: path.resolve(folder, command) }];
    }
    return [member, value];
  });
  return Object.fromEntries(absolute) as UnknownRecord;
}
