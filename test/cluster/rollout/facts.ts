/** What one object says of an address. */
export type Mention = {
  readonly ip: string;
  readonly state: 'Ready' | 'NotReady' | 'Terminating';
  /** The pod's uid, to tell one from another that was given the same IP. */
  readonly pod: string;
};

/** The kinds that the log follows, by the names of their resources. */
export type Resource = 'pods' | 'endpointslices' | 'endpoints';

type Address = { readonly ip: string; readonly targetRef?: { readonly uid?: string } };

/** The members of a Pod, an EndpointSlice or an Endpoints that its mentions are made of. */
export type KubernetesObject = {
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly resourceVersion: string;
    readonly deletionTimestamp?: string;
  };
  readonly status?: {
    readonly phase?: string;
    readonly podIP?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
  readonly endpoints?: readonly {
    readonly addresses: readonly string[];
    readonly conditions?: { readonly ready?: boolean; readonly terminating?: boolean };
    readonly targetRef?: { readonly uid?: string };
  }[];
  readonly subsets?: readonly {
    readonly addresses?: readonly Address[];
    readonly notReadyAddresses?: readonly Address[];
  }[];
};

function ofPod({ metadata, status = {} }: KubernetesObject): readonly Mention[] {
  const { podIP = '', phase = '', conditions = [] } = status;
  if (podIP === '' || ['Failed', 'Succeeded'].includes(phase)) return [];
  const isReady = conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
  const alive = isReady ? 'Ready' : 'NotReady';
  return [{ ip: podIP, state: metadata.deletionTimestamp ? 'Terminating' : alive, pod: metadata.uid }];
}

function ofSlice({ endpoints = [] }: KubernetesObject): readonly Mention[] {
  return endpoints.flatMap(
    ({ addresses, conditions: { ready = true, terminating = false } = {}, targetRef }) => {
      const unready = terminating ? 'Terminating' : 'NotReady';
      return addresses.map(
        (ip) => ({ ip, state: ready ? 'Ready' : unready, pod: targetRef?.uid ?? '' }) as const,
      );
    },
  );
}

function ofEndpoints({ subsets = [] }: KubernetesObject): readonly Mention[] {
  const take = (list: readonly Address[], state: Mention['state']) =>
    list.map(({ ip, targetRef }) => ({ ip, state, pod: targetRef?.uid ?? '' }));
  return subsets.flatMap(({ addresses = [], notReadyAddresses = [] }) => [
    ...take(addresses, 'Ready'),
    ...take(notReadyAddresses, 'NotReady'),
  ]);
}

/** What an object of each kind says; a pod that has ended, or has no IP yet, says nothing. */
export const mentionsOf: Readonly<Record<Resource, (object: KubernetesObject) => readonly Mention[]>> = {
  pods: ofPod,
  endpointslices: ofSlice,
  endpoints: ofEndpoints,
};
