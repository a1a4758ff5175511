import { shown } from "../errors.ts";
import { isPartition } from "../target/regions.ts";

/**
 * Why IAM does not take a text as a resource; null where it does. Its own words are `Resource … must be in ARN format or "*"`,
 * `Partition … is not valid for resource …` and `Resource vendor must be fully qualified and cannot contain regexes`; "you can't
 * use a wildcard in the service segment" (reference_policies_elements_resource.html).
 */
export function resourceFault(resource: string): string | null {
  if (resource === "*") return null;
  const [arn, partition = "", service = ""] = resource.split(":");
  if (arn !== "arn") return `the resource ${shown(resource)} is no ARN`;
  if (!/[*?$]/.test(partition) && !isPartition(partition)) {
    return `the resource ${shown(resource)} is of the partition ${shown(partition)}, which there is not`;
  }
  return service === "" || /[*?]/.test(service)
    ? `the resource ${shown(resource)} has no service, which must be written out`
    : null;
}
