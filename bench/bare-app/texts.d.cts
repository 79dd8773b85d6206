/** What the bare app reads from the file named by BARE_TEXTS. */
export declare function textsOf(template: { readonly Resources: object }): object;
