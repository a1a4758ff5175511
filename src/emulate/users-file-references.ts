import { shown } from "../errors.ts";
import { inconsistent } from "./users-file-errors.ts";

interface Given {
  readonly users: readonly (string | { readonly id: string; readonly name?: string | undefined })[];
  readonly groups?: readonly { readonly id: string; readonly users: readonly string[] }[] | undefined;
  readonly keys?: readonly { readonly accessKeyId: string }[] | undefined;
}

/** What stands twice, and what is named but not there. */
export function checkReferences(file: string, { users, groups = [], keys = [] }: Given): void {
  const all = users.map((user) => (typeof user === "string" ? { id: user } : user));
  const ids = all.map(({ id }) => id);
  once(file, "users", "id", ids);
  once(
    file,
    "users",
    "name",
    all.map(({ id, name = id }) => name),
  );
  once(
    file,
    "groups",
    "id",
    groups.map(({ id }) => id),
  );
  once(
    file,
    "keys",
    "accessKeyId",
    keys.map(({ accessKeyId }) => accessKeyId),
  );
  for (const [index, group] of groups.entries()) {
    const unknown = group.users.findIndex((id) => !ids.includes(id));
    if (unknown >= 0) {
      throw inconsistent(
        `In ${file}, groups[${index}].users[${unknown}] names ${shown(group.users[unknown] ?? "")}, which is the id of no user in it.`,
        `Add it to users, or name one of: ${ids.slice(0, 8).join(", ")}.`,
      );
    }
  }
}

function once(file: string, list: string, field: string, values: readonly string[]): void {
  const again = values.findIndex((value, index) => values.indexOf(value) !== index);
  if (again < 0) return;
  const first = values.indexOf(values[again] ?? "");
  throw inconsistent(
    `In ${file}, ${list}[${again}] has the same ${field} as ${list}[${first}], ${shown(values[again] ?? "")}.`,
    `Give each its own ${field}, or leave one of them out.`,
  );
}
