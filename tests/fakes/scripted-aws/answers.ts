import type { Call } from "./call.ts";
import type { Caller, Script } from "./script.ts";
import { type Xml, xml } from "./xml.ts";

export interface Reply {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Answer = (call: Call, script: Script) => Reply;

/** Who signed the call. */
export function callerOf({ accessKeyId }: Pick<Call, "accessKeyId">, { caller, otherCallers = {} }: Script): Caller {
  return otherCallers[accessKeyId] ?? caller;
}

/** The result of a call to a query service. */
export function queryAnswer({ service, action }: Call, result: Xml): Reply {
  const body = `${xml(`${action}Result`, result)}${xml("ResponseMetadata", { RequestId: requestId })}`;
  const text = `<${action}Response xmlns="${namespaces[service]}">${body}</${action}Response>`;
  return { status: 200, type: "text/xml", body: text };
}

/** The result of a call to MemoryDB, which speaks JSON. */
export function jsonAnswer(result: unknown): Reply {
  return { status: 200, type: jsonType, body: JSON.stringify(result) };
}

/** An error, in the form of the service. */
export function errorAnswer({ service }: Pick<Call, "service">, status: number, code: string, message: string): Reply {
  if (service === "memorydb") {
    const body = JSON.stringify({ __type: `com.amazonaws.memorydb#${code}`, message });
    return { status: status === 404 ? 400 : status, type: jsonType, body };
  }
  const error = { Type: status < 500 ? "Sender" : "Receiver", Code: code, Message: message };
  const body = `${xml("Error", error)}${xml("RequestId", requestId)}`;
  const namespace = namespaces[service] ?? namespaces["sts"];
  return { status, type: "text/xml", body: `<ErrorResponse xmlns="${namespace}">${body}</ErrorResponse>` };
}

export const requestId = "00000000-0000-4000-8000-000000000000";

const jsonType = "application/x-amz-json-1.1";

const namespaces: Readonly<Record<string, string>> = {
  sts: "https://sts.amazonaws.com/doc/2011-06-15/",
  iam: "https://iam.amazonaws.com/doc/2010-05-08/",
  elasticache: "http://elasticache.amazonaws.com/doc/2015-02-02/",
};
