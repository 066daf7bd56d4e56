import { asArray, asRecord, asText, optional } from '../../core/door.ts';
import type { Versions } from '../../core/versions.ts';
import type { KubeApi } from '../gateway.ts';
import { imageVersion } from './image-version.ts';
import { listObjects } from './listing.ts';

/** The charts' names of the ingress controller, on its own and under another chart. */
const labelSelector = 'app.kubernetes.io/name in (apisix-ingress-controller,ingress-controller)';

/** Which component an image is. */
const components = {
  'apisix-ingress-controller': /\/apisix-ingress-controller[:@]/,
  adc: /\/adc[:@]/,
} as const;

/**
 * Versions of the ingress controller and of its ADC, by the images of their pods: by label, in `namespace` alone
 * without the right to look everywhere; then by image, there.
 */
export async function controllerVersions(kube: KubeApi, namespace: string): Promise<Versions> {
  const path = `/api/v1/namespaces/${namespace}/pods`;
  const labelled =
    (await listObjects(kube, '/api/v1/pods', { labelSelector })) ??
    (await listObjects(kube, path, { labelSelector })) ??
    [];
  const pods = labelled.length > 0 ? labelled : ((await listObjects(kube, path)) ?? []);
  const images = pods
    .flatMap((pod) => asArray(asRecord(pod['spec'])['containers']))
    .map((container) => asText(asRecord(container)['image']));
  const versionOf = (image: RegExp) => images.filter((one) => image.test(one)).map(imageVersion)[0];
  return {
    ...optional('apisix-ingress-controller', versionOf(components['apisix-ingress-controller'])),
    ...optional('adc', versionOf(components.adc)),
  };
}
