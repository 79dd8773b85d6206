/** The public half of a key that nobody has the private half of. */
export const JWKS_OF_TEST = {
  keys: [
    {
      kty: 'EC',
      crv: 'P-256',
      alg: 'ES256',
      kid: '1',
      x: 'PQmdis4Gs6PCVI0DBLVcojRgYs53Se4WepacHubYBfA',
      y: 'kxrhluf1myFAkAmpJ9oE9BS0QfNvDpY19Sd_U1HvxEQ',
    },
  ],
} as const;
