import { BlockList, isIP } from 'node:net';
import { familyOf } from '../../../core/address.ts';

/** Whether NO_PROXY, or that it is here, spares a server the proxy. */
export function isExempt(server: URL, noProxy: string): boolean {
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
