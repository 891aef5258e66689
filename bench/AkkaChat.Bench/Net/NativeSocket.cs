using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace AkkaChat.Bench.Net;

/// <summary>Non-blocking TCP sockets on the loopback network, by their descriptors.</summary>
internal static unsafe class NativeSocket
{
    private const int Internet = 2;
    private const int StreamNonBlocking = 1 | 0x800;
    private const int SocketLevel = 1;
    private const int ReceiveBuffer = 8;
    private const int TcpLevel = 6;
    private const int NoDelay = 1;
    private const int MaximumSegment = 2;
    private const int IpLevel = 0;
    private const int BindAddressNoPort = 24;
    private const int NoSignal = 0x4000;
    private const int AddressLength = 16;

    /// <summary>Begins to connect to 127.0.0.1:port from that source address; the socket becomes writable when it is done.</summary>
    public static int Connect(uint sourceAddress, int port, bool small)
    {
        var descriptor = LibC.OpenSocket(Internet, StreamNonBlocking, 0);
        if (descriptor < 0)
        {
            throw Failure("socket");
        }

        SetOption(descriptor, TcpLevel, NoDelay, 1);
        // The kernel chooses the port when it knows the destination: so a source address has all its ports per server.
        SetOption(descriptor, IpLevel, BindAddressNoPort, 1);
        if (small)
        {
            // With the segments of a real network, and little room: what isn't read soon stays with the server.
            SetOption(descriptor, SocketLevel, ReceiveBuffer, 4096);
            SetOption(descriptor, TcpLevel, MaximumSegment, 1400);
        }

        var address = stackalloc byte[AddressLength];
        if (LibC.Bind(descriptor, Write(address, sourceAddress, 0), AddressLength) < 0)
        {
            throw Failure("bind");
        }

        if (LibC.Connect(descriptor, Write(address, 0x7F000001, port), AddressLength) < 0
            && Marshal.GetLastPInvokeError() != LibC.ErrorInProgress)
        {
            throw Failure("connect");
        }

        return descriptor;
    }

    /// <summary>How many bytes were read; 0 at the end of the stream, negative if none are there now.</summary>
    public static int Receive(int descriptor, Span<byte> buffer)
    {
        fixed (byte* bytes = buffer)
        {
            return Outcome((int)LibC.Receive(descriptor, bytes, buffer.Length, 0));
        }
    }

    /// <summary>How many bytes were taken; negative if the socket is full, 0 if it is broken.</summary>
    public static int Send(int descriptor, ReadOnlySpan<byte> data)
    {
        fixed (byte* bytes = data)
        {
            return Outcome((int)LibC.Send(descriptor, bytes, data.Length, NoSignal));
        }
    }

    private static int Outcome(int result)
    {
        if (result >= 0)
        {
            return result;
        }

        return Marshal.GetLastPInvokeError() == LibC.ErrorAgain ? -1 : 0;
    }

    private static void SetOption(int descriptor, int level, int name, int value)
    {
        if (LibC.SetOption(descriptor, level, name, &value, sizeof(int)) < 0)
        {
            throw Failure("setsockopt");
        }
    }

    private static byte* Write(byte* address, uint host, int port)
    {
        var bytes = new Span<byte>(address, AddressLength);
        bytes.Clear();
        bytes[0] = Internet;
        BinaryPrimitives.WriteUInt16BigEndian(bytes[2..], (ushort)port);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[4..], host);
        return address;
    }

    private static BenchException Failure(string call) => new($"{call} failed with error {Marshal.GetLastPInvokeError()}.");
}
