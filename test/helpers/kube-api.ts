import type { KubeApi } from '../../source/gateways/gateway.ts';
import { apiError } from '../../source/sources/kubernetes/api-error.ts';

export type FakeKube = KubeApi & { readonly asked: readonly string[] };

/** An API server of fixed answers by path and query; a number is the status of a refusal, so is 404 for all else. */
export function fakeKube(answers: Readonly<Record<string, unknown>>): FakeKube {
  const asked: string[] = [];
  return {
    asked,
    get(path, query = {}) {
      const search = new URLSearchParams(query).toString();
      const url = decodeURIComponent(search === '' ? path : `${path}?${search}`);
      asked.push(url);
      const answer = answers[url] ?? 404;
      if (typeof answer !== 'number') return Promise.resolve(answer);
      return Promise.reject(apiError(answer, undefined));
    },
  };
}

/** Where APISIX and its controllers are looked for first. */
export const everywhere =
  '/api/v1/pods?labelSelector=app.kubernetes.io/name+in+(apisix,apisix-ingress-controller,ingress-controller)';

/** A pod of the ingress controller. */
export const controllerObject = {
  metadata: { namespace: 'gw', name: 'controller' },
  spec: {
    containers: ['apache/apisix-ingress-controller:2.2.0', 'ghcr.io/api7/adc:0.27.1'].map((image) => ({
      image,
    })),
  },
  status: { phase: 'Running' },
};

export function listOf(...items: readonly unknown[]): unknown {
  return { items };
}

type PodParts = {
  readonly image?: string;
  readonly ports?: readonly unknown[];
  readonly phase?: string;
  readonly ready?: boolean;
  readonly deletionTimestamp?: string;
  readonly configMap?: string;
  /** The Helm release. */
  readonly instance?: string;
};

/** `ingress-apisix/apisix-0` as the API server has it, running and ready unless told otherwise. */
export function podObject(place: string, parts: PodParts = {}): unknown {
  const [namespace, name] = place.split('/');
  const { image = 'apache/apisix:3.18.0-debian', ports = [], phase = 'Running', ready = true } = parts;
  return {
    metadata: {
      namespace,
      name,
      deletionTimestamp: parts.deletionTimestamp,
      labels: { 'app.kubernetes.io/instance': parts.instance },
    },
    spec: {
      containers: [{ name: 'apisix', image, ports }],
      volumes: parts.configMap === undefined ? undefined : [{ configMap: { name: parts.configMap } }],
    },
    status: { phase, conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
  };
}
