/** Every object with nodes in an answer, however deep, as `id host:port=weight ...`: read by the eye, not by the tool. */
export function nodesIn(value: unknown, id = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const object = value as Record<string, unknown>;
  const own = 'id' in object ? String(object['id']) : id;
  const isUpstream = 'nodes' in object && !('dir' in object) && !('key' in object && 'value' in object);
  const inner = Object.entries(object).flatMap(([key, child]) =>
    key === 'nodes' && isUpstream ? [] : nodesIn(child, own),
  );
  return isUpstream ? [`${own} ${spell(object['nodes']).join(' ')}`.trim(), ...inner] : inner;
}

type ArrayNode = { readonly host: string; readonly port?: number; readonly weight: number };

/** IPv6 in brackets, as APISIX 3.18 wants it; older ones and the controllers write it bare. */
const bracketed = (host: string) => (/^[^[]*:/.test(host) ? `[${host}]` : host);

function spell(nodes: unknown): readonly string[] {
  const pairs = Array.isArray(nodes)
    ? (nodes as readonly ArrayNode[]).map(
        ({ host, port, weight }) =>
          [port === undefined ? host : `${bracketed(host)}:${port}`, weight] as const,
      )
    : Object.entries(nodes as Record<string, number>);
  return pairs.map(([address, weight]) => `${address.toLowerCase()}=${weight}`).sort();
}
