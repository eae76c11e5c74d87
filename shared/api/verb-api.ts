import type * as z from 'zod';

/** The schemas of one verb: what it takes and what it answers. The router, OpenAPI and the clients read the same ones. */
export interface VerbApi {
  /** One sentence for OpenAPI. */
  readonly about?: string;
  /** The fields in braces of the path. */
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** True when the body may be YAML too, as people write it by hand. */
  readonly yaml?: boolean;
  /** The body of the answer when all went well; `z.undefined()` for 204. */
  readonly answer: z.ZodType;
  /** Its status; 200, or 204 without a body. */
  readonly status?: number;
  /** True when the answer carries a secret that is shown once: it is not kept for a repeated Idempotency-Key. */
  readonly secret?: boolean;
  /** The most bytes of its body, where 1 MB is too little. */
  readonly bodyLimit?: number;
}

/** The schemas of the verbs of one capability, by the name of the verb. */
export type CapabilityApi = Readonly<Record<string, VerbApi>>;
