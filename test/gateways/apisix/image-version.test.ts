import { expect, test } from 'vitest';
import { imageVersion } from '../../../source/gateways/apisix/image-version.ts';

test.each([
  ['apache/apisix:3.18.0-debian', '3.18.0'],
  ['registry.test:5000/apache/apisix:2.15.3-centos@sha256:00', '2.15.3'],
  ['apache/apisix-ingress-controller:2.0.0-rc3', '2.0.0-rc3'],
  ['ghcr.io/api7/adc:v0.27.1', '0.27.1'],
  ['apache/apisix:dev', ''],
  ['registry.test:5000/apache/apisix@sha256:00', ''],
  ['', ''],
])('the image "%s" is of version "%s"', (image, version) => {
  expect(imageVersion(image)).toBe(version);
});
