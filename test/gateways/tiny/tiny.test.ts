import { describeGateway } from '../../helpers/gateway-contract.ts';
import { tiny } from './kind.ts';

describeGateway({
  kind: tiny,
  labelSelector: 'gateway=tiny',
  path: 'admin/proxy/backends',
  answer: (hosts) => [{ service: 'shop/web:80', backends: hosts.map((host) => `${host}:8080`) }],
});
