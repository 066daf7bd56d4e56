import { asRecord, asText, optional } from '../../core/door.ts';
import { EpsError } from '../../core/error.ts';
import type { Location, Surroundings } from '../gateway.ts';

/** The admin API's key. Only `from` is ever shown. */
export type Key = {
  readonly value: string;
  /** `ConfigMap ingress-apisix/apisix, viewer`; for people. */
  readonly from: string;
};

type SecretKey = NonNullable<Location['keySecret']>;

/** Where the user said the key is. */
export type KeyOptions = Pick<Location, 'keyFile' | 'keySecret'>;

export type KeySources = Pick<Surroundings, 'kube' | 'env' | 'readFile'>;

/** By a flag, else by APISIX_ADMIN_KEY; `undefined` when nothing was said. */
export async function givenKey(options: KeyOptions, sources: KeySources): Promise<Key | undefined> {
  const { keyFile, keySecret } = options;
  if (keyFile !== undefined) return checked(await keyOfFile(keyFile, sources), `file ${keyFile}`);
  if (keySecret !== undefined) {
    const { namespace, name, key } = keySecret;
    return checked(await keyOfSecret(keySecret, sources), `Secret ${namespace}/${name}, ${key}`);
  }
  const value = sources.env['APISIX_ADMIN_KEY'] ?? '';
  return value === '' ? undefined : checked(value, 'APISIX_ADMIN_KEY');
}

/** A key travels in a header: one word of visible ASCII. */
function checked(text: string, from: string): Key {
  const value = text.trim();
  if (/^[!-~]+$/.test(value)) return { value, from };
  throw new EpsError(
    `${from} holds no key of the APISIX admin API: ${value === '' ? 'it is empty' : 'it is no single word'}`,
  );
}

async function keyOfFile(path: string, { readFile }: KeySources): Promise<string> {
  try {
    return await readFile(path);
  } catch (cause) {
    const code = asText(asRecord(cause)['code']);
    const reason = code === 'ENOENT' ? 'no such file or directory' : code;
    throw new EpsError(`open ${path}: ${reason}`, { cause });
  }
}

async function keyOfSecret({ namespace, name, key }: SecretKey, { kube }: KeySources): Promise<string> {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/secrets/${encodeURIComponent(name)}`;
  const data = asRecord(asRecord(await kube.get(path))['data']);
  if (typeof data[key] === 'string') return Buffer.from(data[key], 'base64').toString('utf8');
  throw new EpsError(`Secret ${namespace}/${name} has no key "${key}"`, {
    ...optional(
      'hint',
      Object.keys(data)
        .map((other) => `--apisix-key-secret=${namespace}/${name}/${other}`)
        .join(' or '),
    ),
  });
}
