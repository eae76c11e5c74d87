import { operatorKey } from './proxy/tools.ts';
import type { Engines, World } from './resource.ts';

/**
 * What an AWS SDK needs in its environment to reach the engines as the operator, and nothing of the developer's own settings.
 */
export function awsVariables(account: World['account'], engines: Engines): Record<string, string> {
  return {
    AWS_REGION: account.region,
    AWS_DEFAULT_REGION: account.region,
    AWS_ACCESS_KEY_ID: operatorKey,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL_DYNAMODB: engines.dynamodb,
    AWS_ENDPOINT_URL_DYNAMODB_STREAMS: engines.dynamodb,
    AWS_ENDPOINT_URL_SQS: engines.sqs,
    AWS_ENDPOINT_URL_S3: engines.s3,
    AWS_ENDPOINT_URL_SES: engines.ses,
    AWS_ENDPOINT_URL_SESV2: engines.ses,
    AWS_ENDPOINT_URL_SNS: engines.sns,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: engines.secrets,
    AWS_ENDPOINT_URL_SSM: engines.ssm,
    AWS_ENDPOINT_URL_BEDROCK_RUNTIME: engines.bedrock,
    // Whatever has no engine here must fail at once, not reach AWS.
    AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  };
}

/** What Lambda adds for every function. */
export function functionVariables(account: World['account'], engines: Engines): Record<string, string> {
  return {
    ...awsVariables(account, engines),
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
  };
}
