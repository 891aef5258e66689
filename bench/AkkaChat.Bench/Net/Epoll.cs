using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AkkaChat.Bench.Net;

/// <summary>What a socket is watched for, and what it has become.</summary>
[Flags]
internal enum Readiness
{
    /// <summary>Nothing: errors and hang-ups are reported nevertheless.</summary>
    None = 0,

    /// <summary>Bytes can be read, or the end of the stream.</summary>
    Read = 1,

    /// <summary>Bytes can be written; for a new socket: it is connected.</summary>
    Write = 4,
}

/// <summary>Waits for many sockets on one thread (level-triggered). Each is known by a number that its owner chooses.</summary>
internal sealed unsafe class Epoll : IDisposable
{
    private const int Capacity = 1024;

    // struct epoll_event is packed on x64 only.
    private static readonly int EntrySize = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;
    private static readonly int TagOffset = EntrySize - sizeof(long);

    private readonly int _descriptor = Check(LibC.CreateEpoll(0), "epoll_create1");
    private readonly byte[] _entries = GC.AllocateArray<byte>(Capacity * 16, pinned: true);

    public void Add(int descriptor, int tag, Readiness interest) => Control(LibC.EpollAdd, descriptor, tag, interest);

    public void Modify(int descriptor, int tag, Readiness interest) => Control(LibC.EpollModify, descriptor, tag, interest);

    /// <summary>Waits until something is ready, at most that long; the number of entries for <see cref="this[int]"/>.</summary>
    public int Wait(int timeoutMilliseconds)
    {
        fixed (byte* entries = _entries)
        {
            // An interrupted wait is one in which nothing was ready.
            return Math.Max(0, LibC.WaitEpoll(_descriptor, entries, Capacity, timeoutMilliseconds));
        }
    }

    public (int Tag, Readiness Ready) this[int index]
    {
        get
        {
            ref var entry = ref _entries[index * EntrySize];
            var tag = Unsafe.ReadUnaligned<int>(ref Unsafe.Add(ref entry, TagOffset));
            return (tag, (Readiness)Unsafe.ReadUnaligned<int>(ref entry));
        }
    }

    public void Dispose() => LibC.Close(_descriptor);

    private void Control(int operation, int descriptor, int tag, Readiness interest)
    {
        var entry = stackalloc byte[16];
        Unsafe.WriteUnaligned(entry, (int)interest);
        Unsafe.WriteUnaligned(entry + TagOffset, (long)tag);
        Check(LibC.ControlEpoll(_descriptor, operation, descriptor, entry), "epoll_ctl");
    }

    private static int Check(int result, string call) =>
        result >= 0 ? result : throw new BenchException($"{call} failed with error {Marshal.GetLastPInvokeError()}.");
}
