import { Token } from 'aws-cdk-lib';

const secretName = /secret|password|passwd|token|credential|private|api_?key/i;

const secretValue = [
  /\b(AKIA|ASIA)[A-Z0-9]{16}\b/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /^Bearer /i,
  /\b(ghp|gho|xox[abp]|sk_live|whsec)[-_][\w-]{10,}/,
  /^(?=.*\d)(?=.*[a-z])[A-Za-z0-9+/_-]{32,}={0,2}$/i,
];

/** Throws when a variable holds what looks like a secret in plain text; references to resources pass. */
export function refuseSecrets(function_: string, environment: Readonly<Record<string, string>>): void {
  const found = Object.entries(environment).filter(([name, value]) => looksLikeSecret(name, value));
  if (found.length === 0) return;
  const names = found.map(([name]) => name).join(', ');
  throw new Error(
    `${function_}: ${names} looks like a secret in the environment. Store it in Secrets Manager and pass its ARN.`,
  );
}

function looksLikeSecret(name: string, value: string): boolean {
  if (Token.isUnresolved(value)) return false;
  return secretName.test(name) || secretValue.some((pattern) => pattern.test(value));
}
