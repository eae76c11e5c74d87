import type { ResourceKind } from '../resource.ts';
import { deploy } from '../static-site/deployment.ts';

/** Files that the CDK's BucketDeployment puts into a bucket. */
export const bucketContent: readonly ResourceKind[] = [
  {
    type: 'Custom::CDKBucketDeployment',
    phase: 'content',
    identity: ({ id }) => ({ ref: id, attributes: {} }),
    async start(resource, world) {
      await deploy(resource, world);
      return undefined;
    },
  },
];
