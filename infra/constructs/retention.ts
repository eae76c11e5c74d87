import { RemovalPolicy } from 'aws-cdk-lib';

/** What becomes of data when the stack goes. */
export interface Retention {
  readonly removal: RemovalPolicy;
  /** True when a service is to refuse to delete the data. */
  readonly guarded: boolean;
  /** True when buckets are emptied so that they can be deleted. */
  readonly emptied: boolean;
}

/** Data stays and is guarded, except in a trial, after which nothing is left. */
export function retention(trial: boolean): Retention {
  return trial
    ? { removal: RemovalPolicy.DESTROY, guarded: false, emptied: true }
    : { removal: RemovalPolicy.RETAIN, guarded: true, emptied: false };
}
