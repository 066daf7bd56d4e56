import { expect, test } from 'vitest';
import { portName } from '../../source/core/kubernetes.ts';
import { port80 } from '../helpers/objects.ts';

test('a port of a Service is named by the number of the port, and by namespace and name of the Service', () => {
  expect(portName(port80())).toBe('shop/web:80');
});
