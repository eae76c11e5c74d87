import type { Core } from '../core.ts';
import type { ResourceKind } from '../resource.ts';

/** An S3 bucket in the bucket engine. */
export const bucket: ResourceKind = {
  type: 'AWS::S3::Bucket',
  phase: 'store',
  identity({ id, properties }, account) {
    const fixed = properties.BucketName;
    const name = typeof fixed === 'string' ? fixed : id.toLowerCase().slice(0, 63);
    const domain = `${name}.s3.${account.suffix}`;
    const regional = `${name}.s3.${account.region}.${account.suffix}`;
    return {
      ref: name,
      attributes: {
        Arn: `arn:aws:s3:::${name}`,
        DomainName: domain,
        RegionalDomainName: regional,
        WebsiteURL: `http://${name}.s3-website-${account.region}.${account.suffix}`,
      },
    };
  },
  async start({ id, identity, properties }, world: Core) {
    if (properties.NotificationConfiguration !== undefined) {
      throw new Error(`${id}: the local runner has no notifications of buckets`);
    }
    const answer = await fetch(`${world.engines.s3}/${identity.ref}`, { method: 'PUT' });
    // 409: it is there from the last run.
    if (!answer.ok && answer.status !== 409)
      throw new Error(`Bucket ${identity.ref}: ${await answer.text()}`);
    return undefined;
  },
};
