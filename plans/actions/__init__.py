"""What can be done to roles and plans. Each action is one transaction and says no with `Refused`."""

from plans.actions.blueprints import make_role_from, remove_template, save_template, start_plan_from, upload_template
from plans.actions.building import (
    add_item,
    add_item_to_stage,
    add_section,
    add_stage,
    change_item,
    change_stage,
    remove_item,
    remove_section,
    remove_stage,
    renew_item,
)
from plans.actions.filling import fill_plan
from plans.actions.moving import move_item, move_section, move_stage
from plans.actions.plans import (
    activate_plan,
    discard_plan,
    drop_plan_competency,
    fill_in_placeholders,
    start_plan,
    weigh_plan_competency,
)
from plans.actions.renewing import renew_in_drafts
from plans.actions.roles import (
    change_role,
    close_role,
    drop_competency,
    give_duty,
    let_decide,
    make_role,
    reopen_role,
    take_duty,
    weigh_competency,
)
from plans.actions.undoing import undo_change
from plans.actions.voiding import void_item

__all__ = [
    "activate_plan",
    "add_item",
    "add_item_to_stage",
    "add_section",
    "add_stage",
    "change_item",
    "change_role",
    "change_stage",
    "close_role",
    "discard_plan",
    "drop_competency",
    "drop_plan_competency",
    "fill_in_placeholders",
    "fill_plan",
    "give_duty",
    "let_decide",
    "make_role",
    "make_role_from",
    "move_item",
    "move_section",
    "move_stage",
    "remove_item",
    "remove_section",
    "remove_stage",
    "remove_template",
    "renew_in_drafts",
    "renew_item",
    "reopen_role",
    "save_template",
    "start_plan",
    "start_plan_from",
    "take_duty",
    "undo_change",
    "upload_template",
    "void_item",
    "weigh_competency",
    "weigh_plan_competency",
]
