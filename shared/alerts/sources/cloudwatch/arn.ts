import { textOf } from '../../reading.ts';

/** Of an ARN, as far as a text is one. */
export interface Arn {
  readonly partition?: string;
  readonly region?: string;
}

/** Reads `arn:<partition>:<service>:<region>:<account>:…`; the region of SNS messages is a name for people, this one a code. */
export function arnOf(said: unknown): Arn {
  const [, partition, region] =
    /^arn:(aws[a-z-]{0,20}):[a-z0-9-]{1,40}:([a-z0-9-]{1,40}):/.exec(textOf(said) ?? '') ?? [];
  return partition === undefined || region === undefined ? {} : { partition, region };
}

/** The console's address for a region; each partition has its own. */
export function consoleAt(partition: string | undefined, region: string): string {
  if (partition === 'aws-cn') return 'https://console.amazonaws.cn';
  if (partition === 'aws-us-gov') return 'https://console.amazonaws-us-gov.com';
  return `https://${region}.console.aws.amazon.com`;
}
