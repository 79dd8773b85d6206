/** Where the proxy's own certificate and key come from: never from the configuration itself, which many may read. */
export type ListenerCertificate =
  | {
      /** Minted with each task, for the hop from a balancer that ends TLS itself. */
      readonly kind: 'files';
      /** Absolute path of the PEM chain. */
      readonly certificateFile: string;
      /** Absolute path of its PEM private key. */
      readonly privateKeyFile: string;
    }
  | {
      /** A secret of the user's, where the balancer passes TLS on. */
      readonly kind: 'variables';
      /** Name of the environment variable that holds the PEM chain. */
      readonly certificate: string;
      /** Name of the one that holds its PEM private key. */
      readonly privateKey: string;
    };
