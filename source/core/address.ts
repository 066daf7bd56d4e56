/** An IP family as Service `ipFamilies` and EndpointSlice `addressType` name it. */
export type IpFamily = 'IPv4' | 'IPv6';

/** A canonical endpoint: what one layer may hold and another may lack. */
export type Address = {
  /** Canonical IP (RFC 5952 for IPv6, no brackets), or a host name in lower case. */
  readonly host: string;
  /** Absent for a Service without ports and for gateway nodes written without one. */
  readonly port?: number;
};

const ipv4Pattern = /^\d{1,3}(\.\d{1,3}){3}$/;

/** `undefined` for a host name. */
export function familyOf(host: string): IpFamily | undefined {
  if (host.includes(':')) return 'IPv6';
  return ipv4Pattern.test(host) ? 'IPv4' : undefined;
}

/** The eight 16-bit groups of an IPv6 address, or `undefined` when it is none. */
function ipv6Groups(text: string): readonly number[] | undefined {
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(text);
  if (dotted) {
    const [, head = '', a, b, c, d] = dotted;
    const pair = (high?: string, low?: string) => (Number(high) * 256 + Number(low)).toString(16);
    return ipv6Groups(`${head}${pair(a, b)}:${pair(c, d)}`);
  }
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = halves.length === 2 ? 8 - head.length - tail.length : 0;
  const groups = [...head, ...Array<string>(Math.max(missing, 0)).fill('0'), ...tail];
  if (groups.length !== 8 || !groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return groups.map((group) => Number.parseInt(group, 16));
}

/** RFC 5952: lower case, no leading zeros, the first longest run of two or more zero groups as `::`. */
function canonicalIpv6(groups: readonly number[]): string {
  const text = groups.map((group) => group.toString(16)).join(':');
  const runs = text.match(/(?:^|(?<=:))0(?::0)+(?=:|$)/g) ?? [];
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '');
  if (longest === '') return text;
  const at = text.search(new RegExp(`(?:^|(?<=:))${longest}(?=:|$)`));
  const before = text.slice(0, at).replace(/:$/, '');
  const after = text.slice(at + longest.length + 1);
  return `${before}::${after}`;
}

/** One spelling per host: IPv6 without brackets and zone in RFC 5952, names in lower case. */
export function canonicalHost(text: string): string {
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  if (!bare.includes(':')) return bare.toLowerCase();
  const groups = ipv6Groups(bare);
  return groups ? canonicalIpv6(groups) : bare.toLowerCase();
}

/** `10.0.0.1:80`, `[fd00::1]:80`; without a port the host alone. */
export function formatAddress({ host, port }: Address): string {
  if (port === undefined) return host;
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** The inverse of {@link formatAddress}, for text that another program wrote; a bare IPv6 has no port. */
export function parseAddress(text: string): Address {
  const [, host = text, port] = /^(\[.*\]|[^:]*):(\d+)$/.exec(text) ?? [];
  return port === undefined
    ? { host: canonicalHost(host) }
    : { host: canonicalHost(host), port: Number(port) };
}

/** A place in the order of addresses: a number for IPv4, which comes first and is almost all there is. */
type SortKey = number | string;

/** Octets and port as one number, below 2^48: exact, and compared faster than text. */
function ipv4Key(host: string, port: number): number {
  let number = 0;
  let octet = 0;
  for (let at = 0; at < host.length; at += 1) {
    const code = host.charCodeAt(at);
    if (code === dot) {
      number = number * 256 + octet;
      octet = 0;
    } else octet = octet * 10 + code - zero;
  }
  return (number * 256 + octet) * 65_536 + port;
}

const dot = '.'.charCodeAt(0);
const zero = '0'.charCodeAt(0);

/** IPv4, then IPv6, then names, each by number, then by port. */
function sortKey({ host, port = 0 }: Address): SortKey {
  const family = familyOf(host);
  if (family === 'IPv4') return ipv4Key(host, port);
  const digits = port.toString().padStart(5, '0');
  if (family === undefined) return `9${host}:${digits}`;
  return `6${(ipv6Groups(host) ?? []).map((group) => group.toString(16).padStart(4, '0')).join(':')}:${digits}`;
}

function compareKeys(a: SortKey, b: SortKey): number {
  if (typeof a === 'number') return typeof b === 'number' ? a - b : -1;
  return typeof b === 'number' ? 1 : compareText(a, b);
}

/** The order of two addresses as {@link formatAddress} writes them. */
export function compareAddresses(a: string, b: string): number {
  return compareKeys(sortKey(parseAddress(a)), sortKey(parseAddress(b)));
}

/** Items in the order of their addresses, by number; `next` decides between those of one address. */
export function sortByAddress<Item>(
  items: readonly Item[],
  addressOf: (item: Item) => Address,
  next: (a: Item, b: Item) => number = () => 0,
): readonly Item[] {
  return items
    .map((item) => ({ item, key: sortKey(addressOf(item)) }))
    .sort((a, b) => compareKeys(a.key, b.key) || next(a.item, b.item))
    .map(({ item }) => item);
}

/** Byte order for ASCII, the same on every machine (no locale). */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
