import { expect, test } from 'vitest';
import { twoGateways } from '../../helpers/judging.ts';
import { frame, press, start, worldOf } from '../../helpers/screen.tsx';

const headings = (text: string) => text.split('\n').find((line) => line.includes('ADDRESS')) ?? '';

test('each of several gateways has a column, and the key of the layer sorts by the first', () => {
  const first = start(worldOf(twoGateways()), '160x24');
  const opened = frame(first);
  expect(headings(opened)).toMatch(/ APISIX\(edge\) +APISIX\(internal\) /);
  expect(opened).toMatch(/10\.0\.0\.3:8080 .* present +missing /);
  expect(headings(frame(press(first, 'U')))).toMatch(/ APISIX\(edg\S*↑ +APISIX\(internal\) /);
});

test('the detail of an address tells what each gateway holds', () => {
  const opened = frame(press(start(worldOf(twoGateways()), '80x40'), 'enter'));
  expect(opened).toMatch(/APISIX\(edge\) +present\n *APISIX\(internal\) +missing/);
});
