import {
  CloudFormationClient,
  type CloudFormationClientConfig,
  DescribeStacksCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { type Finding, found, missing, ok, warn } from './finding.ts';

type Config = Pick<CloudFormationClientConfig, 'region'>;

/** Who asks, and where; nothing else can be asked when this is missing. */
export async function credentials(
  config: Config,
): Promise<{ readonly finding: Finding; readonly region?: string }> {
  const sts = new STSClient(config);
  try {
    const region = await sts.config.region();
    const { Account = '?', Arn = '?' } = await sts.send(new GetCallerIdentityCommand({}));
    return { finding: ok(`AWS account ${Account} in ${region}, as ${Arn}`), region };
  } catch (error) {
    const why = error instanceof Error ? error.message.slice(0, 200) : String(error);
    const finding = missing(
      `AWS credentials and region: ${why}`,
      'Sign in (aws sso login, or aws configure), choose a region (export AWS_REGION=eu-central-1), then try: aws sts get-caller-identity',
    );
    return { finding };
  } finally {
    sts.destroy();
  }
}

/** Whether the CDK may deploy into this account and region. */
export const bootstrap = (config: Config): Promise<readonly Finding[]> =>
  found('CDK bootstrap', 'cloudformation:DescribeStacks', async () => {
    const toolkit = await stackNamed('CDKToolkit', config);
    const mend = 'Run npx cdk bootstrap, once for each account and region.';
    if (toolkit === undefined) return [missing('CDK bootstrap of this account and region', mend)];
    const { StackStatus = '?' } = toolkit;
    const version = toolkit.Outputs?.find(({ OutputKey }) => OutputKey === 'BootstrapVersion')?.OutputValue;
    if (!/^(CREATE|UPDATE|IMPORT)_COMPLETE$/.test(StackStatus))
      return [
        missing(`CDK bootstrap: its stack CDKToolkit is in ${StackStatus}`, `Delete that stack. ${mend}`),
      ];
    return [ok(`CDK bootstrap, version ${version ?? 'unknown'}`)];
  });

/** A stack by name; undefined when there is none. */
export async function stackNamed(name: string, config: Config): Promise<Stack | undefined> {
  const client = new CloudFormationClient(config);
  try {
    return (await client.send(new DescribeStacksCommand({ StackName: name }))).Stacks?.[0];
  } catch (error) {
    if (error instanceof Error && /does not exist/.test(error.message)) return undefined;
    throw error;
  } finally {
    client.destroy();
  }
}

/** What a new account has. With so few, a storm of alerts can hold up the pages. */
const FEW = 100;

/** How many functions may run at once. */
export const concurrency = (config: Config): Promise<readonly Finding[]> =>
  found('Lambda concurrency', 'lambda:GetAccountSettings', async () => {
    const client = new LambdaClient(config);
    try {
      const { AccountLimit } = await client.send(new GetAccountSettingsCommand({}));
      const all = AccountLimit?.ConcurrentExecutions ?? 0;
      const free = AccountLimit?.UnreservedConcurrentExecutions ?? 0;
      const what = `Lambda may run ${all} functions at once in this account and region, ${free} of them not reserved`;
      if (all > FEW) return [ok(what)];
      return [
        warn(
          what,
          'Ask for 1000: console, Service Quotas, AWS Lambda, Concurrent executions. It is free. Until then leave pagerConcurrency out.',
        ),
      ];
    } finally {
      client.destroy();
    }
  });

/** Regions in which API Gateway takes 2,500 requests a second instead of 10,000. */
const slower = new Set([
  'af-south-1',
  'ap-south-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ca-west-1',
  'eu-central-2',
  'eu-south-1',
  'eu-south-2',
  'il-central-1',
  'me-central-1',
]);

/** How many requests a second an account gets by default; alerts, people and rooms share them. */
export function gateway(region: string): Finding {
  const each = slower.has(region) ? '2,500' : '10,000';
  return ok(
    `API Gateway takes ${each} requests a second in ${region} unless the quota was changed (Service Quotas, Throttle rate)`,
  );
}
