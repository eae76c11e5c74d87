/** Calls DynamoDB without the SDK, which the sample's folder does not carry. */
export async function dynamo(operation, input) {
  const answer = await fetch(process.env.AWS_ENDPOINT_URL_DYNAMODB, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-date': '20000101T000000Z',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      authorization: `AWS4-HMAC-SHA256 Credential=${process.env.AWS_ACCESS_KEY_ID}/20000101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify({ TableName: process.env.TABLE, ...input }),
  });
  const body = await answer.json();
  if (!answer.ok) throw new Error(JSON.stringify(body));
  return body;
}

/** Puts an item under a key, with further attributes. */
export function put(pk, sk, attributes) {
  return dynamo('PutItem', { Item: { pk: { S: pk }, sk: { S: sk }, ...attributes } });
}
