import {
  CloudFormationClient,
  DescribeStacksCommand,
  paginateListStackResources,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import type { StackResource, Target } from './target.ts';

/** What a stack let go of, deleted or kept, may be listed for a while. */
const isGone = (status: string | undefined) => status === 'DELETE_COMPLETE' || status === 'DELETE_SKIPPED';

/** A stack in AWS, and where to look for it. */
export interface AwsStack {
  readonly stack: string;
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
}

/** The system of a stack in AWS. A profile counts for the whole process, as AWS_PROFILE does. */
export async function awsTarget({ stack, region, profile }: AwsStack): Promise<Target> {
  if (profile !== undefined) process.env.AWS_PROFILE = profile;
  const config = region === undefined ? {} : { region };
  const client = new CloudFormationClient(config);
  try {
    const found = await describe(client, stack);
    const resources = await list(client, stack);
    const outputs = (found.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [
      OutputKey,
      OutputValue,
    ]);
    return {
      kind: 'aws',
      name: stack,
      outputs: Object.fromEntries(outputs),
      resources: (type) => resources.filter((one) => one.type === type),
      clientConfig: () => config,
    };
  } finally {
    client.destroy();
  }
}

async function describe(client: CloudFormationClient, stack: string): Promise<Stack> {
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stack }));
    const [found] = Stacks;
    if (found === undefined) throw new Error('no such stack');
    return found;
  } catch (error) {
    const region = await client.config.region().catch((fault: Error) => fault);
    if (region instanceof Error) {
      throw new Error(
        `No region is chosen, so the stack ${stack} cannot be looked for (${region.message}). Add --region <region>, or choose one for all: export AWS_REGION=eu-central-1`,
        { cause: region },
      );
    }
    throw new Error(
      `The stack ${stack} cannot be read in ${region}: ${error instanceof Error ? error.message : String(error)}. Check the name (npx cdk list), --region and your credentials (aws sts get-caller-identity).`,
      { cause: error },
    );
  }
}

async function list(client: CloudFormationClient, stack: string): Promise<readonly StackResource[]> {
  const resources: StackResource[] = [];
  for await (const page of paginateListStackResources({ client }, { StackName: stack })) {
    for (const {
      LogicalResourceId: id,
      ResourceType: type,
      PhysicalResourceId: physical,
      ResourceStatus: status,
    } of page.StackResourceSummaries ?? []) {
      if (!isGone(status) && id !== undefined && type !== undefined && physical !== undefined)
        resources.push({ id, type, physical });
    }
  }
  return resources;
}
