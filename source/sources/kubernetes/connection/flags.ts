/** kubectl's global flags that say which cluster to ask, and as whom. Unset is not asked for. */
export type ClusterFlags = {
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
  readonly cluster?: string | undefined;
  readonly user?: string | undefined;
  readonly namespace?: string | undefined;
  readonly server?: string | undefined;
  readonly token?: string | undefined;
  readonly certificateAuthority?: string | undefined;
  readonly clientCertificate?: string | undefined;
  readonly clientKey?: string | undefined;
  readonly insecureSkipTlsVerify?: boolean | undefined;
  readonly tlsServerName?: string | undefined;
  readonly disableCompression?: boolean | undefined;
  readonly as?: string | undefined;
  readonly asUid?: string | undefined;
  readonly asGroup?: readonly string[] | undefined;
  /** Each as `key=value`. */
  readonly asUserExtra?: readonly string[] | undefined;
  /** `30s`, `1m30s`; a bare number is seconds, 0 no limit. */
  readonly requestTimeout?: string | undefined;
};
