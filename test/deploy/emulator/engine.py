"""CloudFormation as it decides: what comes before what, what a change does, what is kept, and how a failure shows.

Of the emulator's own engine this keeps the reading of templates: parameters, mappings, and what functions come to.
"""

import functools
import json
import random
import re
import threading

from moto.cloudformation import models, parsing, responses
from moto.cloudformation.exceptions import UnformattedGetAttTemplateException, ValidationError
from moto.core.common_models import CloudFormationModel
from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult, EmptyResult

from kinds import KINDS

MODELS = []


def register_kinds():
    """The emulator finds models among the subclasses of their base, the last one of a kind first."""
    MODELS.extend(model(name, kind) for name, kind in KINDS.items())
    for cache in (parsing.get_model_list, parsing.get_model_map, parsing.get_name_type_map):
        cache.cache_clear()


def model(type_name, kind):
    def create(cls, resource_name, cloudformation_json, account_id, region_name, **said):
        made = cls()
        made.properties = cloudformation_json.get("Properties", {})
        stack = said["StackId"].split("/")[1]
        made.physical_resource_id = kind.create(made.properties, f"{stack}-{said['LogicalId']}")
        return made

    def attribute(self, name):
        try:
            return kind.attribute(self.physical_resource_id, self.properties, name)
        except KeyError as unknown:
            raise UnformattedGetAttTemplateException() from unknown

    members = {
        "__module__": "moto.examples.models",
        "kind": kind,
        "cloudformation_type": staticmethod(lambda: type_name),
        "cloudformation_name_type": staticmethod(lambda: ""),
        "has_cfn_attr": classmethod(lambda cls, name: True),
        "create_from_cloudformation_json": classmethod(create),
        "get_cfn_attribute": attribute,
        "is_created": lambda self: True,
    }
    return type(type_name.replace("::", ""), (CloudFormationModel,), members)


@functools.cache
def create_only(type_name):
    """The properties with which a resource is made anew, as its published schema says."""
    from cfnlint.schema import PROVIDER_SCHEMA_MANAGER

    schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema("eu-central-1", type_name).schema
    return {path.split("/")[2] for path in schema.get("createOnlyProperties") or []}


def references(value, names):
    """The resources that a piece of a template speaks of."""
    if isinstance(value, list):
        return set().union(*(references(each, names) for each in value))
    if not isinstance(value, dict):
        return set()
    found = references(list(value.values()), names)
    if "Ref" in value:
        found |= {value["Ref"]}
    if "Fn::GetAtt" in value:
        found |= {value["Fn::GetAtt"][0]}
    if "Fn::Sub" in value:
        found |= set(re.findall(r"\$\{([A-Za-z0-9]+)", json.dumps(value["Fn::Sub"])))
    return found & names


def order(resources, seed):
    """One of the orders that the template allows, another one for each name of a stack: whoever relies on more is found out."""
    names, lots = set(resources), random.Random(seed)
    before = {name: references(each.get("Properties"), names) | depends(each) for name, each in resources.items()}
    sequence = []
    while len(sequence) < len(names):
        ready = [name for name in resources if name not in sequence and before[name] <= set(sequence)]
        if not ready:
            raise ValidationError(message="Circular dependency between resources")
        sequence.append(lots.choice(ready))
    return sequence


def depends(each):
    on = each.get("DependsOn", [])
    return {on} if isinstance(on, str) else set(on)


def create(self, template):
    self._template, self._resource_json_map = template, template["Resources"]
    for name in order(self._resource_json_map, self["AWS::StackName"]):
        _ = self[name]
    return True


def update(self, template, parameters=None):
    before = self._resource_json_map
    self._template, self._resource_json_map = template, template["Resources"]
    # "As before" comes as what it came to: of a parameter that names another place, that is no name.
    told = {name: value for name, value in (parameters or {}).items() if value != self.resolved_parameters.get(name)}
    self.input_parameters = {**self.input_parameters, **told}
    self.load_mapping()
    self.load_parameters()
    self.load_conditions()
    left = []
    for name in order(self._resource_json_map, self["AWS::StackName"]):
        if name not in self._parsed_resources:
            _ = self[name]
            continue
        replaced = change(self, name)
        if replaced is not None:
            left.append((before[name].get("UpdateReplacePolicy"), replaced))
    for name in reversed(order(before, self["AWS::StackName"])):
        if name not in self._resource_json_map:
            left.append((before[name].get("DeletionPolicy"), self._parsed_resources.pop(name)))
    for policy, resource in left:
        if policy != "Retain":
            remove(resource)


def change(self, name):
    """Brings one resource to what the template says now. What was made anew leaves the one before."""
    resource, said = self._parsed_resources[name], self._resource_json_map[name]
    properties = parsing.clean_json(said.get("Properties", {}), self)
    if not hasattr(resource, "kind") or properties == resource.properties:
        return None
    keys = {*properties, *resource.properties}
    changed = {key for key in keys if properties.get(key) != resource.properties.get(key)}
    if hasattr(resource.kind, "update") and not changed & create_only(said["Type"]):
        resource.kind.update(resource.physical_resource_id, resource.properties, properties)
        resource.properties = properties
        return None
    del self._parsed_resources[name]
    _ = self[name]
    return resource


def delete(self):
    for name in reversed(order(self._resource_json_map, self["AWS::StackName"])):
        if self._resource_json_map[name].get("DeletionPolicy") != "Retain" and name in self._parsed_resources:
            remove(self._parsed_resources[name])
            del self._parsed_resources[name]


def remove(resource):
    if not hasattr(resource, "kind"):
        raise ValidationError(message=f"{resource.cf_resource_type} is not deleted here")
    resource.kind.delete(resource.physical_resource_id, resource.properties)


def said_by(error):
    return str(getattr(error, "message", None) or error)


def failing_with(status, run, stack):
    """A failure is the status of the stack, which whoever waits for it reads, with the reason."""
    try:
        run()
    except Exception as error:
        stack.status = status
        stack._add_stack_event(status, resource_status_reason=said_by(error))


def begin(status, failed, run, stack):
    """What takes long goes on after the answer: a caller that waited for it would ask again."""
    stack.status = status
    threading.Thread(target=failing_with, args=(failed, run, stack)).start()


class ChangeSetNotFound(ServiceException):
    code = "ChangeSetNotFound"


def change_set(self, name, stack):
    """The emulator finds one by its name alone, and the command line gives the same name to that of every stack."""
    for found in self.change_sets.values():
        if name == found.change_set_id or (name == found.change_set_name and stack in (found.stack_id, found.stack_name)):
            return found
    raise ChangeSetNotFound(f"ChangeSet [{name}] does not exist")


def describe_change_set(self):
    return ActionResult(change_set(self.cloudformation_backend, self._get_param("ChangeSetName"), self._get_param("StackName")))


def delete_change_set(self):
    backend = self.cloudformation_backend
    try:
        del backend.change_sets[change_set(backend, self._get_param("ChangeSetName"), self._get_param("StackName")).change_set_id]
    except ChangeSetNotFound:
        pass
    return EmptyResult()


def execute_change_set(self):
    backend = self.cloudformation_backend
    found = change_set(backend, self._get_param("ChangeSetName"), self._get_param("StackName"))
    stack, kind = backend.stacks[found.stack_id], found.change_set_type
    failed = "ROLLBACK_COMPLETE" if kind == "CREATE" else "UPDATE_ROLLBACK_FAILED"
    begin(f"{kind}_IN_PROGRESS", failed, lambda: backend.execute_change_set(found.change_set_id), stack)
    return EmptyResult()


def update_stack(self, *said, _original=models.Stack.update, **named):
    begin("UPDATE_IN_PROGRESS", "UPDATE_ROLLBACK_FAILED", lambda: _original(self, *said, **named), self)


def create_resources(self, _original=models.Stack.create_resources):
    failing_with("ROLLBACK_COMPLETE", lambda: _original(self), self)


def delete_stack(self, name_or_stack_id, _original=models.CloudFormationBackend.delete_stack):
    [stack] = self.describe_stacks(name_or_stack_id)
    if stack.enable_termination_protection:
        raise ValidationError(message=f"Stack [{stack.name}] cannot be deleted while TerminationProtection is enabled")

    def run():
        stack.resource_map.delete()
        _original(self, stack.stack_id)

    begin("DELETE_IN_PROGRESS", "DELETE_FAILED", run, stack)


def update_termination_protection(self):
    [stack] = self.cloudformation_backend.describe_stacks(self._get_param("StackName"))
    stack.enable_termination_protection = self._get_bool_param("EnableTerminationProtection")
    return ActionResult({"StackId": stack.stack_id})


def template_from(url, account_id, partition):
    """The address of a template has the bucket in its path here."""
    from moto.s3.models import s3_backends

    bucket, key = url.split("//")[1].split("/", 1)[1].split("/", 1)
    return s3_backends[account_id][partition].get_object(bucket, key).value.decode()


def parse_template(template):
    """The templates are JSON, which the reader of YAML takes a second for; those of the framework's bootstrap are not."""
    try:
        return json.loads(template)
    except ValueError:
        return YAML(template)


YAML = models.Stack.parse_template


def install():
    register_kinds()
    for function in (create, update, delete):
        setattr(parsing.ResourceMap, function.__name__, function)
    for function in (describe_change_set, delete_change_set, execute_change_set, update_termination_protection):
        setattr(responses.CloudFormationResponse, function.__name__, function)
    models.CloudFormationBackend.delete_stack = delete_stack
    models.Stack.update, models.Stack.create_resources = update_stack, create_resources
    models.Stack.parse_template = staticmethod(parse_template)
    models.ChangeSet._parse_template = lambda self: setattr(self, "template_dict", parse_template(self.template))
    responses.get_stack_from_s3_url = template_from
