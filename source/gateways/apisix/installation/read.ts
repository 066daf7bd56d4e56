import { optional } from '../../../core/door.ts';
import type {
  ComponentFact,
  ControllerFact,
  DefaultKeyFact,
  GatewayFact,
} from '../../../core/doctor/facts.ts';
import type { KubeApi, PodName } from '../../gateway.ts';
import { keysOfGatewayProxies, type Candidate } from '../found-key.ts';
import { imageVersion } from '../image-version.ts';
import { listObjects, statusOf } from '../listing.ts';
import { readConfigurations } from './config-maps.ts';
import { controllerFact } from './controller.ts';
import { findWorkloads } from './find-workloads.ts';
import { gatewayFact } from './gateway.ts';
import {
  adcContainer,
  apisixContainer,
  controllerContainer,
  type Container,
  type Workload,
} from './workload.ts';

/** The beginning of a container's log. What is thrown carries the HTTP `status` when the API server answered. */
export type ReadLog = (pod: PodName, container: string) => Promise<string>;

/** APISIX and its controllers as they are installed. */
export type InstallationFacts = {
  readonly components: readonly ComponentFact[];
  readonly controllers: readonly ControllerFact[];
  readonly gateways: readonly GatewayFact[];
  readonly defaultKeys: readonly DefaultKeyFact[];
  readonly unread: readonly string[];
};

/** Those of the Helm charts, of APISIX's documentation and its own configuration; public. */
const publicKeys = ['edd1c9f034335f136f87ad84b625c8f1', '4054f7cf07e344346cd3f287985e76a2'];

async function logOf(readLog: ReadLog, { namespace, pods }: Workload, { name }: Container) {
  try {
    return await readLog({ namespace, name: pods[0] ?? '' }, name);
  } catch (error) {
    if (statusOf(error) === undefined) throw error;
    return undefined;
  }
}

function componentsOf(workload: Workload): readonly ComponentFact[] {
  const where = `${workload.namespace}/${workload.name}`;
  const images = [
    ['apisix', apisixContainer(workload)],
    ['apisix-ingress-controller', controllerContainer(workload)],
    ['adc', adcContainer(workload)],
  ] as const;
  return images.flatMap(([component, container]) =>
    container ? [{ component, ...optional('version', imageVersion(container.image)), where }] : [],
  );
}

function defaultKeysAmong(candidates: readonly Candidate[]): readonly DefaultKeyFact[] {
  return candidates
    .filter(({ value }) => publicKeys.includes(value))
    .map(({ role, from }) => ({ role, from: from.replace(/, viewer$/, '') }));
}

async function readWorkload(workload: Workload, kube: KubeApi, readLog: ReadLog): Promise<InstallationFacts> {
  const { namespace, name } = workload;
  const controller = controllerContainer(workload);
  const [configurations, log, services] = await Promise.all([
    readConfigurations(kube, workload),
    controller && logOf(readLog, workload, controller),
    listObjects(kube, `/api/v1/namespaces/${namespace}/services`),
  ]);
  const { found, reason } = configurations;
  const isGateway = apisixContainer(workload) !== undefined;
  return {
    components: componentsOf(workload),
    controllers: controller ? [controllerFact(workload, { configurations, ...optional('log', log) })] : [],
    gateways: isGateway ? [gatewayFact(workload, configurations, services ?? [])] : [],
    defaultKeys: defaultKeysAmong(found.flatMap(({ keys }) => keys)),
    unread: [
      ...(reason === undefined ? [] : [reason]),
      ...(isGateway && !services
        ? [
            `cannot tell whether a Service opens the admin API of ${namespace}/${name}: no right to list Services`,
          ]
        : []),
    ],
  };
}

/** Reads what the cluster tells of APISIX: pods, ConfigMaps, Services, GatewayProxies and start logs; no Secret. */
export async function readInstallation(
  kube: KubeApi,
  readLog: ReadLog,
  namespace: string,
): Promise<InstallationFacts> {
  const { workloads, unread } = await findWorkloads(kube, namespace);
  const parts = await Promise.all(workloads.map((workload) => readWorkload(workload, kube, readLog)));
  const namespaces = [...new Set(workloads.map((workload) => workload.namespace))];
  const proxies = await Promise.all(namespaces.map((own) => keysOfGatewayProxies(kube, own)));
  return {
    components: parts.flatMap(({ components }) => components),
    controllers: parts.flatMap(({ controllers }) => controllers),
    gateways: parts.flatMap(({ gateways }) => gateways),
    defaultKeys: [...parts.flatMap(({ defaultKeys }) => defaultKeys), ...defaultKeysAmong(proxies.flat())],
    unread: [
      ...unread,
      ...(workloads.length === 0 ? ['no APISIX and no ingress controller of it was found'] : []),
      ...parts.flatMap((part) => part.unread),
    ],
  };
}
