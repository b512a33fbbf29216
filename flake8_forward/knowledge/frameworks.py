"""What frameworks promise about Modules: read in their sources, as few are in ``data``.

A family is a kind of class that several packages offer, under several names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

MODULE = "torch.nn.Module"
_FABRIC = "lightning.fabric.Fabric"
_LIT = "lightning.pytorch.LightningModule"
_LIT_TRAINER = "lightning.pytorch.Trainer"

_LIGHTNING = r"(?:pytorch_)?lightning\."
_PATTERNS = {
    "accelerator": r"accelerate\..*\bAccelerator",
    "algorithm": r"(?:stable_baselines3|sb3_contrib)\..*\b(?:[A-Z][A-Z0-9]+\w*)",
    "fabric": r"(?:lightning|lightning_fabric)\.(?:.*\.)?Fabric",
    "fastai_callback": r"fastai\..*\bCallback",
    "fastai_learner": r"fastai\..*Learner",
    "lightning_callback": rf"{_LIGHTNING}(?:.*\.)?(?:callbacks\..*|Callback)",
    "lightning_module": rf"{_LIGHTNING}(?:.*\.)?Lightning(?:Data)?Module",
    "lightning_trainer": rf"{_LIGHTNING}(?:.*\.)?Trainer",
    "mm_hook": r"(?:mmengine|mmcv)\..*Hook",
    "mm_runner": r"(?:mmengine|mmcv)\..*Runner",
    "peft_model": r"peft\..*\bPeftModel\w*",
    "privacy_engine": r"opacus\..*\bPrivacyEngine",
    "skorch_callback": r"skorch\.callbacks\..*",
    "skorch_net": r"skorch\..*\bNeuralNet\w*",
    "tensordict_module": r"tensordict\..*Module",
    "tensordict_wrapper": r"tensordict\..*ModuleWrapper",
    "wrapper": (
        r"(?:apex|deepspeed|fairscale|torch)\..*"
        r"(?:AveragedModel|DataParallel|DeepSpeedEngine|InferenceEngine)"
    ),
    "transformers_callback": r"(?:transformers|trl)\..*Callback",
    "transformers_trainer": (
        r"(?:adapters|optimum|sentence_transformers|transformers|trl)\..*Trainer"
    ),
}
_FAMILIES = re.compile(
    "|".join(f"(?P<{name}>{pattern})" for name, pattern in sorted(_PATTERNS.items()))
)


def family(dotted: str) -> str | None:
    """Return the family of the class that is imported as ``dotted``, if it has one."""
    match = _FAMILIES.fullmatch(dotted)
    return match.lastgroup if match is not None else None


_MODEL = {"model": MODULE}

ATTRIBUTES: Mapping[str, Mapping[str, str]] = {
    "algorithm": dict.fromkeys(
        ("actor", "critic", "critic_target", "policy", "q_net", "q_net_target"), MODULE
    ),
    "fastai_callback": {**_MODEL, "learn": "fastai.learner.Learner"},
    "fastai_learner": _MODEL,
    "lightning_module": {"trainer": _LIT_TRAINER, "fabric": _FABRIC},
    "lightning_trainer": {**_MODEL, "lightning_module": _LIT},
    "mm_runner": _MODEL,
    "peft_model": {"base_model": MODULE},
    "skorch_net": {"module_": MODULE},
    "tensordict_module": {"module": MODULE},
    "tensordict_wrapper": {"td_module": MODULE},
    "transformers_trainer": {
        **dict.fromkeys(("model", "model_wrapped", "ref_model"), MODULE),
        "accelerator": "accelerate.Accelerator",
    },
    "wrapper": {"module": MODULE},
}
"""By family: attributes, and what they are."""

PARAMETERS: Mapping[str, Mapping[str, str]] = {
    "lightning_callback": {"trainer": _LIT_TRAINER, "pl_module": _LIT},
    "mm_hook": {"runner": "mmengine.runner.Runner"},
    "skorch_callback": {"net": "skorch.NeuralNet"},
    "transformers_callback": _MODEL,
    "transformers_trainer": _MODEL,
}
"""By family: what the framework passes by these names, whichever method it calls."""

POSITIONS: Mapping[str, tuple[re.Pattern[str], tuple[str, ...]]] = {
    "lightning_callback": (
        re.compile(r"on_\w+|setup|teardown|write_on_\w+_end"),
        ("trainer", "pl_module"),
    ),
    "mm_hook": (re.compile(r"(?:before|after)_\w+"), ("runner",)),
    "skorch_callback": (re.compile(r"on_\w+"), ("net",)),
    "transformers_trainer": (
        re.compile(r"compute_loss|training_step|prediction_step"),
        ("model",),
    ),
}
"""By family: methods that it calls, and the names of their first arguments."""

CONSTRUCTORS = frozenset({"from_pretrained", "from_config", "load_from_checkpoint"})
"""Class methods that make an object of the class they are called on."""

CONSTRUCTING = frozenset({
    "diffusers", "huggingface_hub", "lightning", "pytorch_lightning", "transformers",
})  # fmt: skip
"""Packages whose classes hand them on to their subclasses."""

WITH_MORE = frozenset({"output_loading_info", "return_unused_kwargs"})
"""Arguments by which they return a tuple, the object first."""

SAME, ALL, MADE = "same", "all", "made"

RETURNS: Mapping[str, tuple[str, int]] = {
    "accelerate.cpu_offload": (SAME, 0),
    "accelerate.disk_offload": (SAME, 0),
    "accelerate.dispatch_model": (SAME, 0),
    "accelerate.load_checkpoint_and_dispatch": (SAME, 0),
    "accelerator.prepare": (ALL, 0),
    "accelerator.prepare_model": (SAME, 0),
    "accelerator.unwrap_model": (SAME, 0),
    "apex.amp.initialize": (ALL, 0),
    "apex.parallel.DistributedDataParallel": (
        "apex.parallel.DistributedDataParallel",
        0,
    ),
    "apex.parallel.convert_syncbn_model": (SAME, 0),
    "clip.load": (MADE, 2),
    "deepspeed.init_inference": ("deepspeed.InferenceEngine", 0),
    "deepspeed.initialize": ("deepspeed.DeepSpeedEngine", 4),
    "fabric.setup": (ALL, 0),
    "fabric.setup_module": (SAME, 0),
    "higher.monkeypatch": ("torch.nn.Module", 0),
    "higher.patch.make_functional": ("torch.nn.Module", 0),
    "higher.patch.monkeypatch": ("torch.nn.Module", 0),
    "intel_extension_for_pytorch.optimize": (ALL, 0),
    "open_clip.create_model_and_transforms": (MADE, 3),
    "open_clip.create_model_from_pretrained": (MADE, 2),
    "opacus.validators.ModuleValidator.fix": (SAME, 0),
    "peft.prepare_model_for_kbit_training": (SAME, 0),
    "privacy_engine.make_private": (SAME, 3),
    "privacy_engine.make_private_with_epsilon": (SAME, 3),
    "torch.hub.load": (MADE, 0),
    "whisper.load_model": (MADE, 0),
}
"""What functions, and methods of families, return: the Module that they are given first
(SAME), all that they are given (ALL), some other Module (MADE), or an object of the class
that is named, which holds the given Module as its ``.module``. If the number is not 0,
that is the first item of so long a tuple."""

OTHERWISE = re.compile(r"config|process|token|transform|util|vocab", re.IGNORECASE)
"""What entry points of torch.hub are called that make something else."""

REGISTRY = re.compile(
    r"(?:mm\w+)\.(?:.*\.)?(?:BACKBONES|CLASSIFIERS|DETECTORS|HEADS|LOSSES|MODELS|NECKS"
    r"|ROI_EXTRACTORS|SEGMENTORS|SHARED_HEADS)"
)
"""Registries of OpenMMLab's packages with which Modules are registered, and nothing else."""

MAKERS = re.compile(
    rf"{REGISTRY.pattern}\.build|detectron2\.modeling\.(?:\w+\.)*build_\w+"
    r"|mm\w+\.(?:.*\.)?build_(?:activation_layer|backbone|classifier|conv_layer|detector"
    r"|head|loss|model|neck|roi_extractor|segmentor|shared_head|upsample_layer)"
)
"""Functions of packages with registries that return Modules."""

COLLECTIONS = re.compile(
    r"timm\.models|torch\.nn(?:\.modules)?|torchvision\.models(?:\.\w+)?"
)
"""Modules in which whatever a variable names, and is called, makes a Module."""
