import { crc32 } from 'node:zlib';
import type { UpstreamService } from '../../core/snapshot.ts';

/** apisix-ingress-controller `id.GenID`: CRC-32 (IEEE) of the name in lower-case hex, not zero-padded. */
export function idOfName(name: string): string {
  return crc32(name).toString(16);
}

/** apisix-ingress-controller 1.x `ComposeUpstreamName`: `ns_svc[_subset]_port[_service]`. */
export function upstreamNameOf({ namespace, name, port, subset, granularity }: UpstreamService): string {
  const parts = [namespace, name, ...(subset === undefined ? [] : [subset]), String(port)];
  return [...parts, ...(granularity === 'service' ? ['service'] : [])].join('_');
}

/**
 * The inverse of {@link upstreamNameOf}: names of Kubernetes objects hold no underscore, and no port is 0. Also of
 * `Service_ns_svc_port`, which controller 2.x writes for backends of the Gateway API.
 */
export function serviceOfName(upstreamName: string): UpstreamService | undefined {
  const match =
    /^(?:Service_)?(?<namespace>[^_A-Z]+)_(?<name>[^_]+)(?:_(?<subset>.+))?_(?<port>[1-9]\d*)(?<byService>_service)?$/.exec(
      upstreamName,
    );
  if (!match?.groups) return undefined;
  const { namespace = '', name = '', subset, port, byService } = match.groups;
  return {
    namespace,
    name,
    port: Number(port),
    ...(subset !== undefined && { subset }),
    granularity: byService === undefined ? 'endpoint' : 'service',
  };
}
