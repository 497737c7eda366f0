"""
The guest for Python: hosts a program beside the grader's requests on descriptor 3, one request, one reply. What is imported
here is taken before any of the program's code runs.
"""

import gc
import sys

# Nothing that is loaded here is ever garbage: looking for some takes a tenth of the start.
gc.disable()
sys.path.insert(0, "/app")
import early_packages  # noqa: E402
import written_files  # noqa: E402

# Before packages take these functions for themselves.
written_files.keep_in_memory()

# How many copies are to be made of this process; of one that hosts a program itself none are.
IS_COPIED = sys.argv[1:2] == ["--copies"]
FOR_MANY = sys.argv[2:3] == ["--for-many"]
del sys.argv[1 : 1 + IS_COPIED + FOR_MANY]
if len(sys.argv) > 1:
    sys.path.append(sys.argv[1])
early_packages.load(sys.argv[2:], FOR_MANY)

import channel  # noqa: E402
import close_process  # noqa: E402
import event_loops  # noqa: E402
import intact  # noqa: E402
import stack_room  # noqa: E402
from program import Program  # noqa: E402
from trouble import GuestTrouble, describe  # noqa: E402


def of_guest():
    return [module for module in sys.modules.values() if str(getattr(module, "__file__", "")).startswith("/app/")]


STANDS_ON = intact.Intact(of_guest())


def not_ours(raised):
    """What the program did that made the guest fail, in words; None where nothing is known."""
    if stack_room.restore():
        return "lowered the limit of recursion"
    replaced = None if type(raised) is MemoryError else STANDS_ON.replaced()
    return None if replaced is None else f"replaced {replaced}"


def serve():
    program = Program()
    event_loops.without_sockets()
    close_process.close("/app/second.bpf")
    sys.path.remove("/app")
    # A program may have modules of these names; what is here has been imported.
    for module in of_guest():
        if module.__name__ != "__main__":
            del sys.modules[module.__name__]
    sys.argv[:] = [""]
    gc.freeze()
    gc.enable()
    while True:
        request, binary = channel.receive()
        nonce = request["nonce"]
        try:
            ok, parts = program.answer(request, binary)
            reply = {"nonce": nonce, "ok": ok}
            if request["op"] == "load":
                STANDS_ON.take()
        except GuestTrouble as raised:
            reply, parts = {"nonce": nonce, "trouble": raised.trouble}, []
        except BaseException as raised:
            tampered = not_ours(raised)
            if tampered is not None:
                trouble = {"kind": "tampered", "message": tampered}
            else:
                told = describe(raised, set())
                message = f"{request['op']}: {told.get('name', '')}: {told['message']}"
                trouble = {"kind": "ours", "message": message[:2000]}
            reply, parts = {"nonce": nonce, "trouble": trouble}, []
        stack_room.restore()
        if not channel.send(reply, parts):
            large = {"kind": "large", "message": "more than the grader accepts in one answer"}
            channel.send({"nonce": nonce, "trouble": large}, [])


if IS_COPIED:
    import copies

    copies.serve()
serve()
