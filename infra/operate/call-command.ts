import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { isJson } from '../demo/api-client.ts';
import { runCommand } from '../local/cli/run-command.ts';
import { WrongLine } from '../local/cli/wrong-line.ts';
import { apiArgs, apiUsage, reachApi } from './reach-api.ts';

const usage = `npm run call -- [<url>] <method> <path> [<json> | --file <file>] [options]

Calls the public API of a system as yourself and prints the answer. /api/openapi.json describes every path.

  npm run call -- https://<console> GET /api/me
  npm run call -- https://<console> POST /api/integrations '{"name":"Prometheus","source":"alertmanager"}'

${apiUsage}
  --file <file>      sends what is in the file, JSON or (.yaml, .yml) YAML; - reads JSON from the standard input
  --if-match <n>     what PUT /api/config wants: the version that it replaces, as GET /api/config prints it
  --help             this text`;

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** What a command line asks for. Throws an error that says what was got and what is allowed. */
export function callLine(args: readonly string[]) {
  const options = {
    ...apiArgs,
    file: { type: 'string' },
    'if-match': { type: 'string' },
    help: { type: 'boolean' },
  } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const { key, data, file, help = false, 'if-match': etag } = values;
  if (help) return { help };
  const at = positionals.findIndex((word) => methods.includes(word));
  const [method, path, json, ...others] = positionals.slice(Math.max(0, at));
  if (at < 0 || at > 1 || method === undefined || !path?.startsWith('/') || others.length > 0) {
    throw new WrongLine(
      `Got "${positionals.join(' ')}"; allowed is [<url>] <method> <path> [<json>], with ${methods.join(', ')} for a method, and a path that begins with /.`,
    );
  }
  if (method === 'GET' && (json ?? file) !== undefined)
    throw new WrongLine(`Got ${json ?? file} beside GET, which takes nothing; PUT and POST do.`);
  if (json !== undefined && file !== undefined)
    throw new WrongLine(`Got JSON and the file ${file}; allowed is one of them.`);
  return {
    help,
    url: at === 1 ? positionals[0] : undefined,
    key,
    data,
    etag: etagOf(etag),
    method,
    path,
    json,
    file,
  };
}

/** A version as HTTP writes it, in double quotes, which a shell would take away. */
function etagOf(version: string | undefined): string | undefined {
  return version !== undefined && /^\d+$/.test(version) ? `"${version}"` : version;
}

async function run(args: readonly string[]): Promise<void> {
  const line = callLine(args);
  if (line.help) return void process.stdout.write(`${usage}\n`);
  const { url, key, data, etag, method, path } = line;
  const { body: sent, type } = await bodyOf(line.json, line.file);
  // The answer alone goes to the standard output, so that other programs can read it.
  const tell = (line: string) => void process.stderr.write(`${line}\n`);
  const { call } = await reachApi({ url, key, data, tell });
  const { headers, body, bytes } = await call(method, path, sent, {
    // Whoever has just sent a configuration wants to read what it changed, and not all of it again.
    prefer: 'return=minimal',
    ...(type !== undefined && { 'content-type': type }),
    ...(etag !== undefined && { 'if-match': etag }),
  });
  const isPlain = bytes.length > 0 && !isJson(headers);
  process.stdout.write(isPlain ? bytes : `${JSON.stringify(body, undefined, 2)}\n`);
}

/** What is sent: YAML as it is written, JSON after it was read. */
async function bodyOf(
  json: string | undefined,
  file: string | undefined,
): Promise<{ readonly body?: unknown; readonly type?: string }> {
  if (file === undefined) return json === undefined ? {} : { body: parsed(json) };
  const content = await (file === '-' ? text(process.stdin) : readFile(file, 'utf8')).catch(
    (fault: Error) => {
      throw new WrongLine(`Got the file ${file}, which cannot be read: ${fault.message}`, { cause: fault });
    },
  );
  return /\.ya?ml$/.test(file) ? { body: content, type: 'application/yaml' } : { body: parsed(content) };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (fault) {
    const start = json.length > 80 ? `${json.slice(0, 80)} …` : json;
    throw new WrongLine(
      `Got ${start}; allowed is JSON (${(fault as Error).message}). What stands on the line goes into single quotes; what is in a file is sent by --file; a file with an answer of this command is made by npm run call --silent.`,
      { cause: fault },
    );
  }
}

if (import.meta.main) await runCommand(usage, run);
