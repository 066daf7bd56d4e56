import path from 'node:path';
import { expect, test } from 'vitest';
import { sharedPlane } from '../fixtures.ts';
import { outputOf } from '../plane/execute.ts';

const plane = sharedPlane();

test('the API server says that it is v1.35.4', async () => {
  const answer = await plane.output(['get', '--raw', '/version']);
  expect(JSON.parse(answer)).toMatchObject({ major: '1', minor: '35', gitVersion: 'v1.35.4' });
});

test.each(['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'])(
  '%s is made of v1.35.4 and its libraries, whatever it says',
  async (name) => {
    const modules = await outputOf('go', ['version', '-m', path.join(plane.programs, name)]);
    expect(modules).toMatch(/^\tmod\tk8s\.io\/kubernetes\tv1\.35\.4\t/m);
    const libraries = modules.matchAll(/^\t=>\tk8s\.io\/\S+\t(\S+)/gm);
    expect(new Set([...libraries].map(([, version]) => version))).toEqual(new Set(['v0.35.4']));
  },
);
