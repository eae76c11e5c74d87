import type { IncomingMessage, RequestListener, Server } from 'node:http';
import { text } from 'node:stream/consumers';

/** What the account says of itself: it is outside of the sandbox, so nobody must be verified. */
const answers: Readonly<Record<string, string>> = {
  GetSendQuota:
    '<Max24HourSend>50000.0</Max24HourSend><MaxSendRate>14.0</MaxSendRate><SentLast24Hours>0.0</SentLast24Hours>',
  GetIdentityVerificationAttributes: '<VerificationAttributes/>',
  VerifyEmailIdentity: '',
};

/** Answers the questions about the account that the mail engine never answers; everything else goes on to it. */
export function answerForAccount(server: Server): void {
  const [engine] = server.listeners('request') as RequestListener[];
  if (engine === undefined) throw new Error('The mail engine listens to no requests');
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage & { body?: unknown; _body?: boolean }, response) => {
    if (request.method !== 'POST' || request.url !== '/') return engine(request, response);
    text(request).then(
      (said) => {
        const form = new URLSearchParams(said);
        const action = form.get('Action') ?? '';
        const answer = answers[action];
        if (answer !== undefined) {
          response.writeHead(200, { 'content-type': 'text/xml' }).end(resultOf(action, answer));
          return;
        }
        // The engine's parser leaves a body alone that was parsed before it.
        request.body = Object.fromEntries(form);
        request._body = true;
        engine(request, response);
      },
      () => response.destroy(),
    );
  });
}

function resultOf(action: string, answer: string): string {
  return `<${action}Response xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><${action}Result>${answer}</${action}Result><ResponseMetadata><RequestId>local</RequestId></ResponseMetadata></${action}Response>`;
}
