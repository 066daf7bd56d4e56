import type { RequestListener } from 'node:http';
import type { Target } from '../../source/sources/kubernetes/selections.ts';
import { sendJson, sendStatus } from './api-server.ts';
import { open, serve } from './cluster.ts';
import { kubeconfigText } from './kubeconfig.ts';
import { recordedObjects } from './recorded.ts';

export const namespace = 'case-insync-20';
export const namespaced = `/api/v1/namespaces/${namespace}`;
export const slices = `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`;
export const routes = `/apis/apisix.apache.org/v2/namespaces/${namespace}/apisixroutes`;

export const ingresses = `/apis/networking.k8s.io/v1/namespaces/${namespace}/ingresses`;

const recorded = recordedObjects('insync-20');
export const ofKind = (kind: string) => recorded.filter((object) => object.kind === kind);
export const listOf = (items: readonly unknown[]) => ({ metadata: { resourceVersion: '99' }, items });
const [service] = ofKind('Service');

/** The Service that is asked for. */
export const web: Target = { kind: 'names', namespace, names: ['web'] };

/** What the API server of the recorded cluster answers, by path. */
export const answers: Readonly<Record<string, unknown>> = {
  '/version': { gitVersion: 'v1.37.2' },
  [namespaced]: { kind: 'Namespace' },
  '/api/v1/nodes': listOf(ofKind('Node')),
  [`${namespaced}/services`]: listOf(ofKind('Service')),
  [`${namespaced}/services/web`]: service,
  [`${namespaced}/services/twin`]: service,
  [`${namespaced}/services/manual`]: { metadata: { namespace, name: 'manual' }, spec: {} },
  [`${namespaced}/pods`]: listOf(ofKind('Pod')),
  [`${namespaced}/endpoints`]: listOf(ofKind('Endpoints')),
  [`${namespaced}/endpoints/web`]: ofKind('Endpoints')[0],
  [slices]: listOf(ofKind('EndpointSlice')),
};

export type Answers = Readonly<Record<string, unknown>>;

/** The recorded cluster and `more`, in which `forbidden` paths may not be read; `asked` is what was asked for. */
export async function recordedCluster(forbidden: readonly string[] = [], more: Answers = {}) {
  const asked: string[] = [];
  const listener: RequestListener = ({ url = '', headers }, response) => {
    const { pathname, searchParams } = new URL(url, 'https://server');
    const selector = searchParams.get('labelSelector');
    const what = headers.accept?.includes('as=PartialObjectMetadataList') === true ? 'versions of ' : '';
    asked.push(what + (selector === null ? pathname : `${pathname} ${selector}`));
    response.setHeader('Date', 'Thu, 01 Jan 2026 00:00:07 GMT');
    const answer = more[pathname] ?? answers[pathname];
    if (forbidden.includes(pathname)) sendStatus(response, 403, 'Forbidden', `${pathname} is forbidden`);
    else if (answer === undefined) sendStatus(response, 404, 'NotFound', `${pathname} not found`);
    else sendJson(response, answer);
  };
  const { url } = await serve(listener);
  return { cluster: await open(kubeconfigText(url)), asked };
}
