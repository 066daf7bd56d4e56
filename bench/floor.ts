import type { Client } from '../test/cluster/plane/client.ts';
import type { Command } from './measure.ts';
import { program } from './programs.ts';

/** Paths of the files that curl needs. */
type Files = { readonly ca: string; readonly cert: string; readonly key: string };

const filesOf = ({ dir }: Client): Files => ({
  ca: `${dir}/ca.crt`,
  cert: `${dir}/user.crt`,
  key: `${dir}/user.key`,
});

const accept = 'Accept: application/vnd.kubernetes.protobuf, application/json';

/** What diff asks for once it knows the Service. */
function pathsOf(namespace: string, service: string, selector: string): readonly string[] {
  const core = `/api/v1/namespaces/${namespace}`;
  const slices = `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`;
  const label = encodeURIComponent(`kubernetes.io/service-name=${service}`);
  return [
    `${core}/pods?labelSelector=${encodeURIComponent(selector)}`,
    `${core}/endpoints/${service}`,
    `${slices}?labelSelector=${label}`,
    '/api/v1/nodes',
  ];
}

/** curl of the same bytes in parallel, then the program's own start: nobody can be faster than both. */
export function floor(client: Client, namespace: string, service: string, selector: string): Command {
  const { ca, cert, key } = filesOf(client);
  const asking = `--cacert ${ca} --cert ${cert} --key ${key} -H '${accept}' -H 'Accept-Encoding: gzip'`;
  const urls = pathsOf(namespace, service, selector).map((path) => `-o /dev/null '${client.server}${path}'`);
  const script = `curl -sS --fail --parallel --parallel-immediate ${asking} ${urls.join(' ')}; ${program} --version`;
  return { program: '/bin/sh', args: ['-c', script] };
}
