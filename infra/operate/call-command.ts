import { parseArgs } from 'node:util';
import { apiArgs, apiUsage, reachApi } from './reach-api.ts';

const usage = `npm run call -- [<url>] <method> <path> [<json>] [options]

Calls the public API of a system as yourself and prints the answer. /api/openapi.json describes every path.

  npm run call -- https://<console> GET /api/me
  npm run call -- https://<console> POST /api/integrations '{"name":"Prometheus","source":"alertmanager"}'

${apiUsage}
  --if-match <etag>  what PUT /api/config wants: the version that it replaces, such as '"0"'
  --help             this text`;

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

async function run(): Promise<void> {
  const options = { ...apiArgs, 'if-match': { type: 'string' }, help: { type: 'boolean' } } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  if (values.help) return void process.stdout.write(`${usage}\n`);
  const at = positionals.findIndex((word) => methods.includes(word));
  const [method, path, json, ...others] = positionals.slice(Math.max(0, at));
  if (at < 0 || at > 1 || method === undefined || !path?.startsWith('/') || others.length > 0) {
    throw new Error(
      `Got "${positionals.join(' ')}"; allowed is [<url>] <method> <path> [<json>].\n\n${usage}`,
    );
  }
  // The answer alone goes to the standard output, so that other programs can read it.
  const tell = (line: string) => void process.stderr.write(`${line}\n`);
  const url = at === 1 ? positionals[0] : undefined;
  const { call } = await reachApi({ url, key: values.key, data: values.data, tell });
  const etag = values['if-match'];
  const { body } = await call(
    method,
    path,
    json === undefined ? undefined : parsed(json),
    etag === undefined ? {} : { 'if-match': etag },
  );
  process.stdout.write(`${JSON.stringify(body, undefined, 2)}\n`);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new Error(`Got ${json}; allowed is JSON. Put it into single quotes.`);
  }
}

await run().catch((fault: unknown) => {
  process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`);
  process.exitCode = 1;
});
