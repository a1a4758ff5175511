/** How whoever signs is given what is missing, as words and a command to copy. */
import { shellWord } from "../findings/shell-word.ts";

/** @param principal the ARN of a user or a role of IAM */
export function grant(principal: string, action: string, resources: readonly string[]): string {
  const [, type = "", path = "/", name = ""] = /:(user|role)(\/(?:.*\/)?)([^/]+)$/.exec(principal) ?? [];
  const added = statement(action, resources);
  if (type === "" || path.startsWith("/aws-reserved/")) {
    const where = path.includes("/sso.amazonaws.com/")
      ? "the permission set that the role is of"
      : "one of its policies";
    return `Add this statement to ${where}: \`${added}\`.`;
  }
  const document = `{"Version":"2012-10-17","Statement":[${added}]}`;
  return `Allow it on both: \`aws iam put-${type}-policy --${type}-name ${shellWord(name, "NAME")} --policy-name cacheauth-connect --policy-document '${document}'\`.`;
}

export function statement(action: string, resources: readonly string[]): string {
  return JSON.stringify({ Effect: "Allow", Action: action, Resource: resources });
}

export function boundaryCommand(principal: string): string {
  const [, type = "role", name = "NAME"] = /:(user|role)\/(?:.*\/)?([^/]+)$/.exec(principal) ?? [];
  const field = type === "user" ? "User" : "Role";
  return `aws iam get-${type} --${type}-name ${shellWord(name, "NAME")} --query ${field}.PermissionsBoundary.PermissionsBoundaryArn`;
}
