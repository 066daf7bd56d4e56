import type { FlagTable } from './flag.ts';

/** kubectl's own flags for reaching a cluster, in kubectl's own words. */
export const clusterFlags = {
  as: {
    type: 'string',
    default: '',
    usage:
      'Username to impersonate for the operation. User could be a regular user or a service account in a namespace.',
  },
  asGroup: {
    type: 'string',
    isMultiple: true,
    default: [],
    usage: 'Group to impersonate for the operation, this flag can be repeated to specify multiple groups.',
  },
  asUid: { type: 'string', default: '', usage: 'UID to impersonate for the operation.' },
  asUserExtra: {
    type: 'string',
    isMultiple: true,
    default: [],
    usage:
      'User extras to impersonate for the operation, this flag can be repeated to specify multiple values for the same key.',
  },
  certificateAuthority: {
    type: 'string',
    default: '',
    usage: 'Path to a cert file for the certificate authority',
  },
  clientCertificate: { type: 'string', default: '', usage: 'Path to a client certificate file for TLS' },
  clientKey: { type: 'string', default: '', usage: 'Path to a client key file for TLS' },
  cluster: { type: 'string', default: '', usage: 'The name of the kubeconfig cluster to use' },
  context: { type: 'string', default: '', usage: 'The name of the kubeconfig context to use' },
  disableCompression: {
    type: 'boolean',
    default: false,
    usage: 'If true, opt-out of response compression for all requests to the server',
  },
  insecureSkipTlsVerify: {
    type: 'boolean',
    default: false,
    usage:
      "If true, the server's certificate will not be checked for validity. This will make your HTTPS connections insecure",
  },
  kubeconfig: { type: 'string', default: '', usage: 'Path to the kubeconfig file to use for CLI requests.' },
  namespace: {
    type: 'string',
    shortFlag: 'n',
    default: '',
    usage: 'If present, the namespace scope for this CLI request',
  },
  requestTimeout: {
    type: 'string',
    default: '0',
    usage:
      "The length of time to wait before giving up on a single server request. Non-zero values should contain a corresponding time unit (e.g. 1s, 2m, 3h). A value of zero means don't timeout requests.",
  },
  server: {
    type: 'string',
    shortFlag: 's',
    default: '',
    usage: 'The address and port of the Kubernetes API server',
  },
  tlsServerName: {
    type: 'string',
    default: '',
    usage:
      'Server name to use for server certificate validation. If it is not provided, the hostname used to contact the server is used',
  },
  token: { type: 'string', default: '', usage: 'Bearer token for authentication to the API server' },
  user: { type: 'string', default: '', usage: 'The name of the kubeconfig user to use' },
} satisfies FlagTable;
