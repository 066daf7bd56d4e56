import { BlockList, isIP } from 'node:net';
import { familyOf } from '../../../core/address.ts';
import { firstOf } from './first-of.ts';

/** The environment's variables, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The proxy that HTTPS_PROXY or HTTP_PROXY name for this server, unless NO_PROXY exempts it; by Go's rules, as kubectl. */
export function proxyFor(server: URL, env: Environment): string | undefined {
  const name = server.protocol === 'https:' ? 'https_proxy' : 'http_proxy';
  const proxy = variable(env, name);
  if (proxy === '' || isExempt(server, variable(env, 'no_proxy'))) return undefined;
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}

/** Upper case wins over lower case, as in Go's httpproxy package. */
function variable(env: Environment, name: string): string {
  return firstOf(env[name.toUpperCase()], env[name]);
}

function isExempt(server: URL, noProxy: string): boolean {
  const host = server.hostname.replace(/^\[(.*)\]$/, '$1');
  if (host === 'localhost' || inNetwork(host, '127.0.0.0/8') || host === '::1') return true;
  const port = server.port || (server.protocol === 'https:' ? '443' : '80');
  return noProxy
    .split(',')
    .map((entry) => entry.trim().toLowerCase())
    .some((entry) => matches(entry, host, port));
}

/** One entry of NO_PROXY: `*`, a network, a host or a domain (with its subdomains), the latter two with a port or without. */
function matches(entry: string, host: string, port: string): boolean {
  if (entry === '') return false;
  if (entry === '*') return true;
  if (entry.includes('/')) return inNetwork(host, entry);
  const [, name = entry, onlyPort = port] = /^\[?([^\]]*?)\]?:(\d+)$/.exec(isIP(entry) ? '' : entry) ?? [];
  if (onlyPort !== port) return false;
  const domain = name.replace(/^\*?\./, '');
  const isSubdomain = isIP(host) === 0 && host.endsWith(`.${domain}`);
  return isSubdomain || (host === domain && name === domain);
}

function inNetwork(host: string, network: string): boolean {
  const [address = '', bits = ''] = network.split('/');
  const family = familyOf(address);
  if (family === undefined || familyOf(host) !== family || isIP(address) === 0) return false;
  const type = family === 'IPv4' ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  list.addSubnet(address, Number(bits), type);
  return list.check(host, type);
}
