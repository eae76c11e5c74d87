import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { describedIn } from '../local/described.ts';
import { isLocked } from '../local/lock.ts';
import type { ClientConfig, ServiceName, Target } from './target.ts';

const Texts = z.record(z.string(), z.string());
const Described = z.object({
  outputs: Texts,
  environment: Texts,
  resources: z.array(z.object({ id: z.string(), type: z.string(), ref: z.string() })),
});

/** Where the engine of a service is named among the settings that AWS SDKs read. */
const endpoints: Readonly<Partial<Record<ServiceName, string>>> = {
  dynamodb: 'AWS_ENDPOINT_URL_DYNAMODB',
  lambda: 'AWS_ENDPOINT_URL_LAMBDA',
  s3: 'AWS_ENDPOINT_URL_S3',
  sesv2: 'AWS_ENDPOINT_URL_SESV2',
  sqs: 'AWS_ENDPOINT_URL_SQS',
};

/** The system that runs on a data folder of this machine. */
export async function localTarget(data: string): Promise<Target> {
  const { outputs, environment, resources } = await read(data);
  return {
    kind: 'local',
    name: data,
    outputs,
    resources: (type) =>
      resources.filter((one) => one.type === type).map(({ id, ref }) => ({ id, type, physical: ref })),
    clientConfig: (service) => configOf(service, environment),
  };
}

async function read(data: string): Promise<z.infer<typeof Described>> {
  const file = describedIn(data);
  // What was killed leaves its description behind.
  const text = isLocked(data) ? await readFile(file, 'utf8').catch(unlessMissing) : undefined;
  if (text === undefined) {
    throw new Error(
      `No system runs on ${data}. Start one with npm start and wait until it says ready; if it runs on another folder, name that by --data; for one in AWS give --stack <name>.`,
    );
  }
  const parsed = Described.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  throw new Error(`${file} is not what npm start writes. Stop npm start, and start it again.`);
}

function unlessMissing(fault: NodeJS.ErrnoException): undefined {
  if (fault.code !== 'ENOENT') throw fault;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function configOf(service: ServiceName, environment: Readonly<Record<string, string>>): ClientConfig {
  const endpoint = environment[endpoints[service] ?? ''];
  if (endpoint === undefined) {
    throw new Error(`There is no ${service} on this machine; it exists in AWS only, see --stack.`);
  }
  const {
    AWS_REGION = 'us-east-1',
    AWS_ACCESS_KEY_ID = 'local',
    AWS_SECRET_ACCESS_KEY = 'local',
  } = environment;
  const credentials = { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY };
  return { region: AWS_REGION, endpoint, credentials };
}
