import { firstOf } from './first-of.ts';

/** The environment's variables, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The proxy that HTTPS_PROXY or HTTP_PROXY name for this server, unless NO_PROXY exempts it; by Go's rules, as kubectl. */
export async function proxyFor(server: URL, env: Environment): Promise<string | undefined> {
  const name = server.protocol === 'https:' ? 'https_proxy' : 'http_proxy';
  const proxy = variable(env, name);
  if (proxy === '') return undefined;
  // The rules need node:net, which no other part of a short run does.
  const { isExempt } = await import('./no-proxy.ts');
  if (isExempt(server, variable(env, 'no_proxy'))) return undefined;
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}

/** Whether any proxy is named, for whatever server. */
export function namesProxy(env: Environment): boolean {
  return ['http_proxy', 'https_proxy', 'all_proxy'].some((name) => variable(env, name) !== '');
}

/** Upper case wins over lower case, as in Go's httpproxy package. */
function variable(env: Environment, name: string): string {
  return firstOf(env[name.toUpperCase()], env[name]);
}
