import packageJson from '../../package.json' with { type: 'json' };

/** As kubectl spells versions: `v0.1.0`. */
export const clientVersion = `v${packageJson.version}`;
