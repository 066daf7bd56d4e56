import { optional } from '../../core/door.ts';
import { withoutUserinfo } from '../../core/userinfo.ts';
import type { Versions } from '../../core/versions.ts';
import type { Gateway, GatewayKind, GatewayOptions, Opened, Surroundings, Told } from '../gateway.ts';
import { isRefused } from './failure.ts';
import type { Installation } from './find.ts';
import { controllerVersions } from './installation/find-workloads.ts';
import { nameInstallations } from './installation/names.ts';
import type { Key } from './key.ts';
import { listAnything, lookUpAgain, lookUpOf } from './look-up.ts';
import { apisixOf, keyFor, locate, openUrl, podTransports, tell, type Apisix, type Located } from './open.ts';
import { openReplicas } from './replicas.ts';

const only = 'apisix';

/** A data plane has no admin API: the one of its control plane, another gateway to us, tells its configuration. */
function asDataPlane(told: Told, { name, source }: { name: string; source: string }): Told {
  const { upstreams } = told;
  if (upstreams.state !== 'Unread' || !isRefused(upstreams.reason)) return told;
  const dispensable = `${source} refuses the port of its admin API, as a data plane does: gateway ${name} is left out; --all-replicas reads what it uses, and --apisix-pod names a pod to read`;
  return { ...told, dispensable };
}

/** What one APISIX is configured with. */
function gatewayOf(
  apisix: Apisix,
  { name, versions }: Pick<Gateway, 'name' | 'versions'>,
  options: GatewayOptions,
  { notice }: Surroundings,
): Gateway {
  const lookUp = lookUpOf(apisix, options, notice);
  const { source } = apisix;
  const alone = async (upstreams: Promise<Told['upstreams']>): Promise<Told> =>
    asDataPlane({ upstreams: await upstreams, replicas: { state: 'Absent' } }, { name, source });
  return {
    name,
    versions,
    read: (known) => alone(lookUp(known)),
    again: async ({ known, had, before }) =>
      before?.upstreams.state === 'Unread' ? before : alone(lookUpAgain(apisix)(known, had)),
    list: (question) => alone(listAnything(apisix, question)),
    close: apisix.close,
  };
}

type Named = { readonly name: string; readonly given: Key | undefined; readonly versions: Versions };

async function openInstallation(
  pods: Installation,
  { name, given, versions: others }: Named,
  options: GatewayOptions,
  around: Surroundings,
): Promise<Gateway> {
  const [first] = pods;
  const key = await keyFor(first, given, around);
  const versions = { ...optional('apisix', first.version), ...others };
  if (options.allReplicas) return openReplicas({ name, versions, pods, key }, options, around);
  const transports = podTransports(first, options, around);
  tell(transports.admin.source, key, around.notice);
  return gatewayOf(apisixOf(transports, key), { name, versions }, options, around);
}

async function openInstallations(
  { installations, controllers, key: given }: Extract<Located, { readonly state: 'Pods' }>,
  options: GatewayOptions,
  around: Surroundings,
): Promise<Opened> {
  const names =
    installations.length === 1 ? [only] : await nameInstallations(around.kube, installations, controllers);
  const versions = controllerVersions(controllers);
  const gateways = await Promise.all(
    installations.map((pods, index) =>
      openInstallation(pods, { name: names[index] ?? only, given, versions }, options, around),
    ),
  );
  return { state: 'Open', gateways };
}

/** Apache APISIX: every installation of it that is found, or the one that the flags name. */
export const apisix: GatewayKind = {
  name: only,
  open: async (options, around) => {
    const located = await locate(options, around);
    switch (located.state) {
      case 'Url': {
        if (options.allReplicas) {
          const reason = 'a URL leads to one of its pods, nobody knows which';
          return { state: 'Unread', reason, source: withoutUserinfo(located.url) };
        }
        const opened = openUrl(located.url, located.key, options, around.notice);
        return {
          state: 'Open',
          gateways: [gatewayOf(opened, { name: only, versions: {} }, options, around)],
        };
      }
      case 'Pods':
        return openInstallations(located, options, around);
      case 'Unread':
      case 'Absent':
        return located;
    }
  },
};
