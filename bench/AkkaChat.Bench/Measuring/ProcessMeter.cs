using System.Globalization;
using System.Runtime.InteropServices;
using AkkaChat.Bench.Net;

namespace AkkaChat.Bench.Measuring;

/// <summary>What the operating system accounts to a process.</summary>
internal static unsafe class ProcessMeter
{
    private const int SchedulerClock = 2;

    /// <summary>
    /// User plus system time in nanoseconds, of all threads, also of those that have ended: the process's CPU-time clock, whose
    /// number is made from the process id as clock_getcpuclockid(3) makes it. /proc/pid/stat has the same in ticks of 10 ms.
    /// </summary>
    public static long CpuNanoseconds(int processId)
    {
        var time = stackalloc long[2];
        if (LibC.GetClock((~processId << 3) | SchedulerClock, time) < 0)
        {
            throw new BenchException($"can't read the CPU time of process {processId}: error {Marshal.GetLastPInvokeError()}; has it ended?");
        }

        return (time[0] * Clock.Second) + time[1];
    }

    /// <summary>Resident memory in KiB.</summary>
    public static long ResidentKibibytes(int processId)
    {
        var line = File.ReadLines($"/proc/{processId}/status").First(text => text.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    /// <summary>How many files this process may have open.</summary>
    public static long OpenFileLimit()
    {
        var line = File.ReadLines("/proc/self/limits").First(text => text.StartsWith("Max open files", StringComparison.Ordinal));
        var soft = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3];
        return soft == "unlimited" ? long.MaxValue : long.Parse(soft, CultureInfo.InvariantCulture);
    }
}
