import { describe, expect, test } from 'vitest';
import { codes, controllerLog, inApisix, release, report } from '../helpers/doctor.ts';
import { recordedText } from '../helpers/ingress-controller.ts';
import { configMap, controllerFile, deployedPod } from '../helpers/installation.ts';

describe('doctor tells what a controller really reads', () => {
  test('Endpoints', async () => {
    const document = await report(release(controllerFile('off.config.yaml')));
    expect(document.controllers).toEqual([
      {
        namespace: 'ingress-apisix',
        name: 'apisix-ingress-controller',
        pods: ['apisix-ingress-controller-7d5689c4d-228tr'],
        generation: '1.x',
        version: '1.8.4',
        writesTo: 'AdminApi',
        reads: 'Endpoints',
        source: 'ConfigMap ingress-apisix/apisix-configmap',
      },
    ]);
    expect(codes(document)).toEqual(['ControllerReadsEndpoints', 'EndpointsDeprecated']);
  });

  test('EndpointSlices', async () => {
    const document = await report(release(controllerFile('on.config.yaml')));
    expect(document.controllers).toMatchObject([{ reads: 'EndpointSlices' }]);
    expect(codes(document)).toEqual([]);
  });

  test('Endpoints, because the key for EndpointSlices is misspelt', async () => {
    const document = await report(release(controllerFile('chartkey.config.yaml')));
    expect(document.controllers).toMatchObject([{ reads: 'Endpoints' }]);
    expect(codes(document)).toEqual(['WatchEndpointSlicesMisspelt', 'EndpointsDeprecated']);
    expect(document.findings[0]).toMatchObject({
      severity: 'Error',
      hint: 'kubectl edit configmap apisix-configmap -n ingress-apisix',
    });
  });

  test('no misspelling where the right key is set beside the wrong one', async () => {
    const both = controllerFile('chartkey.config.yaml').replace(
      'watch_endpointslices: true',
      'watch_endpointslices: true\n  watch_endpoint_slices: true',
    );
    expect(codes(await report(release(both)))).toEqual([]);
  });

  test('by its start log, when the ConfigMap was changed since', async () => {
    const log = { [controllerLog]: controllerFile('aic-off.startup.log') };
    const document = await report(release(controllerFile('on.config.yaml'), log));
    expect(document.controllers).toMatchObject([
      { reads: 'Endpoints', source: 'log of pod apisix-ingress-controller-7d5689c4d-228tr' },
    ]);
    expect(document.findings.find(({ code }) => code === 'ControllerReadsEndpoints')?.hint).toContain(
      'kubectl rollout restart deployment/apisix-ingress-controller -n ingress-apisix',
    );
  });

  test('by its start log alone, when the ConfigMap may not be read', async () => {
    const paths = {
      [`${inApisix}/configmaps/apisix-configmap`]: 403,
      [controllerLog]: controllerFile('aic-on.startup.log'),
    };
    const document = await report(release('', paths));
    expect(document.controllers).toMatchObject([{ reads: 'EndpointSlices', writesTo: 'AdminApi' }]);
    expect(document.notes).toContain(
      'cannot read ConfigMap ingress-apisix/apisix-configmap: no right to get it',
    );
  });

  test('nothing, when neither may be read', async () => {
    const paths = { [`${inApisix}/configmaps/apisix-configmap`]: 403, [controllerLog]: 403 };
    const document = await report(release('', paths));
    const [controller] = document.controllers;
    expect(controller).toMatchObject({
      unread: 'cannot read ConfigMap ingress-apisix/apisix-configmap: no right to get it',
      writesTo: 'Unknown',
    });
    expect(controller).not.toHaveProperty('reads');
    expect(codes(document)).toEqual([]);
  });

  test('that it plays etcd for APISIX', async () => {
    const etcd = `${controllerFile('on.config.yaml')}etcdserver: { enabled: true }\n`;
    expect((await report(release(etcd))).controllers).toMatchObject([{ writesTo: 'EtcdServer' }]);
  });

  test('EndpointSlices of every 2.x', async () => {
    const containers = [
      { name: 'manager', image: 'apache/apisix-ingress-controller:2.1.0' },
      { name: 'adc-server', image: 'ghcr.io/api7/adc:0.23.1' },
    ];
    const name = 'apisix-ingress-controller';
    const configMaps = ['apisix-ingress-config'];
    const config = configMap('apisix-ingress-config', recordedText('v2.2.0/controller.config.yaml'));
    const document = await report({
      pods: [deployedPod({ name, containers, configMaps })],
      paths: { [`${inApisix}/configmaps/apisix-ingress-config`]: config },
    });
    expect(document.controllers).toMatchObject([{ generation: '2.x', reads: 'EndpointSlices' }]);
    const bugs = document.findings.filter(({ message }) => /controller 2|adc/.test(message));
    expect(bugs.map(({ message }) => message.replace(/ \(.*/, ''))).toEqual([
      'apisix-ingress-controller 2.1.0',
      'adc 0.23.1',
      'apisix-ingress-controller 2.1.0',
    ]);
  });
});
