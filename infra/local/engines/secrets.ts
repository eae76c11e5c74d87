import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as z from 'zod';

/** A small Secrets Manager: secrets are made once and read by id or ARN. */
export interface SecretEngine {
  /** http://127.0.0.1:port */
  readonly endpoint: string;
  /** Keeps the value made by `make` under this ARN, unless there is one already. */
  define(arn: string, make: () => string): void;
  stop(): Promise<void>;
}

const Stored = z.record(z.string(), z.string());
const Input = z.looseObject({ SecretId: z.string() });

/** Starts the secret engine over one file, readable by its owner only. */
export async function startSecrets(file: string): Promise<SecretEngine> {
  const values = existsSync(file) ? storedIn(file) : {};
  const server = createServer((request, response) => {
    const refuse = (error: unknown) => ({ __type: 'InvalidRequestException', message: String(error) });
    void handle(request, values)
      .catch(refuse)
      .then((answer: Record<string, unknown>) => {
        response.writeHead('__type' in answer ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' });
        response.end(JSON.stringify(answer));
      });
  });
  server.listen({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    define(arn, make) {
      if (arn in values) return;
      values[arn] = make();
      writeFileSync(file, JSON.stringify(values, undefined, 2), { mode: 0o600 });
    },
    async stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** The secrets of earlier runs. They cannot be made anew: what was signed with them would count no more. */
function storedIn(file: string): Record<string, string> {
  try {
    return Stored.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(
      `${file} cannot be read as secrets (${why}). Put it back as it was, or begin anew: npm start -- --fresh`,
      { cause: error },
    );
  }
}

async function handle(
  request: IncomingMessage,
  values: Readonly<Record<string, string>>,
): Promise<Record<string, unknown>> {
  const operation = String(request.headers['x-amz-target']).replace(/^secretsmanager\./, '');
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  if (operation !== 'GetSecretValue') {
    return {
      __type: 'InvalidRequestException',
      message: `The local runner has no operation ${operation} of Secrets Manager`,
    };
  }
  const { SecretId: id } = Input.parse(JSON.parse(Buffer.concat(parts).toString()));
  const arn = Object.keys(values).find((one) => one === id || nameOf(one) === id);
  if (arn === undefined)
    return {
      __type: 'ResourceNotFoundException',
      message: "Secrets Manager can't find the specified secret.",
    };
  return {
    ARN: arn,
    Name: nameOf(arn),
    SecretString: values[arn],
    VersionId: 'local',
    VersionStages: ['AWSCURRENT'],
  };
}

function nameOf(arn: string): string {
  return (arn.split(':')[6] ?? '').replace(/-[A-Za-z0-9]{6}$/, '');
}
