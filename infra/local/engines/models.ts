import { createServer } from 'node:http';
import { type Served, serve } from './serve.ts';

/** Starts an Amazon Bedrock of an account that has access to no model: this machine has none. */
export async function startModels(): Promise<Served> {
  const message = "You don't have access to the model with the specified model ID.";
  const server = createServer((request, response) => {
    request.resume();
    response
      .writeHead(403, { 'content-type': 'application/json', 'x-amzn-errortype': 'AccessDeniedException' })
      .end(JSON.stringify({ message }));
  });
  return serve(server);
}
